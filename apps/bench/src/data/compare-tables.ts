import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { digits, markdown, megabytes } from '../markdown.ts';
import { median } from '../median.ts';
import { type TableFiles, writeTableFiles } from './table-files.ts';
import type { Pass } from './table-pass.ts';

/** What one pass over a table took, in fresh processes. */
interface TablePass {
  readonly what: string;
  /** Seconds, the median of the rounds. */
  readonly seconds: number;
  readonly peakBytes: number;
  /** Its time over that of the plain parser. */
  readonly ratio: number;
}

export interface TablePasses {
  readonly rows: number;
  readonly csvBytes: number;
  readonly passes: readonly TablePass[];
}

interface Taken {
  readonly ms: number;
  readonly count: number;
  readonly peakBytes: number;
}

const program = fileURLToPath(new URL('./table-pass.js', import.meta.url));

const passes: readonly { readonly what: string; readonly pass: Pass; readonly file: 'csv' | 'parquet' }[] = [
  { what: 'csv-parse alone', pass: 'parse', file: 'csv' },
  { what: 'CSV, fit a scaler', pass: 'fit', file: 'csv' },
  { what: 'CSV, visit every window of 30 rows', pass: 'windows', file: 'csv' },
  { what: 'Parquet, fit a scaler', pass: 'fit', file: 'parquet' },
  { what: 'Parquet, visit every window of 30 rows', pass: 'windows', file: 'parquet' },
];

/** Goes over tables of so many rows, each pass in a process of its own, in turns. */
export async function compareTables(rows: number, rounds: number): Promise<TablePasses> {
  const files = await writeTableFiles(rows);
  try {
    const taken = passes.map((): Taken[] => []);
    for (let round = 0; round < rounds; round++) {
      for (const [k, { pass, file }] of passes.entries()) taken[k]!.push(run(pass, files, file));
    }
    checkCounts(taken, rows);
    const [plain] = taken;
    return {
      rows,
      csvBytes: files.csvBytes,
      passes: passes.map(({ what }, k) => ({
        what,
        seconds: median(taken[k]!.map(({ ms }) => ms)) / 1000,
        peakBytes: Math.max(...taken[k]!.map(({ peakBytes }) => peakBytes)),
        ratio: median(taken[k]!.map(({ ms }, round) => ms / plain![round]!.ms)),
      })),
    };
  } finally {
    await files.remove();
  }
}

/** The passes as a Markdown table. */
export function tablesTable({ passes: taken }: TablePasses): string {
  const lines = taken.map(({ what, seconds, peakBytes, ratio }) => [
    what,
    digits(seconds),
    `**${digits(ratio)}**`,
    megabytes(peakBytes),
  ]);
  return markdown(['pass', 'seconds', "of csv-parse's time", 'peak memory of the process'], lines);
}

function run(pass: Pass, files: TableFiles, file: 'csv' | 'parquet'): Taken {
  const printed = execFileSync(process.execPath, [program, pass, files[file]], { encoding: 'utf8' });
  return JSON.parse(printed) as Taken;
}

function checkCounts(taken: readonly (readonly Taken[])[], rows: number): void {
  const counts = taken.map((of) => of[0]!.count);
  const [parsed, fitted, windows, fittedParquet, windowsParquet] = counts;
  const isWhole = parsed === rows && fitted === rows && fittedParquet === rows;
  if (isWhole && windows === windowsParquet) return;
  throw new Error(`the passes do not agree on the rows and windows: ${counts.join(', ')}`);
}
