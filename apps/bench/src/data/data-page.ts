import { cpus } from 'node:os';
import { megabytes } from '../markdown.ts';
import { type TablePasses, tablesTable } from './compare-tables.ts';
import { type WindowComparisons, windowsTable } from './compare-windows.ts';
import { sizes } from './window-tasks.ts';

/** What a run was. */
export interface DataRun {
  readonly windows: WindowComparisons;
  readonly tables: TablePasses;
  readonly rounds: number;
}

/** The page docs/data-benchmarks.md. */
export function dataPage({ windows, tables, rounds }: DataRun): string {
  const { rows, features, lookback, batch, aggregated } = sizes;
  return `# Benchmarks of data

Written by \`npx -y pnpm@10.34.9 bench:data\`, which anyone can rerun; nothing here is typed by hand.

- Machine: ${cpus()[0]?.model.trim()}, ${cpus().length} cores; Node ${process.version}; numpy ${windows.numpy ?? 'not installed'}.
- ${rounds} rounds, in which ours and the others' take turns; a ratio is our time over theirs, below 1 where ours is faster.

## Windows

A batch of ${batch} windows of ${lookback} steps and ${features} features, out of ${rows} rows, gathered into arrays that are there already, beside
numpy's \`sliding_window_view\` and a copy; ${aggregated} windows, a row apart, laid back on their rows.

${windowsTable(windows)}
## Tables

${tables.rows.toLocaleString('en')} rows of ten columns, ${megabytes(tables.csvBytes)} as CSV: a time, a sensor and eight features of five decimals. Each pass
goes over the file in a fresh process, from the import of what it uses on; the plain parser is csv-parse as a stream, whose
records are counted and dropped.

${tablesTable(tables)}`;
}
