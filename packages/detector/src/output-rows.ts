import type { Windows } from '@retrace/windowing';
import { createOutputAggregator } from './output-aggregator.ts';
import type { RowAggregate } from './row-aggregator.ts';
import type { ReaderOutput } from './window-reader.ts';

/** An output of a reader on the rows of one series. */
export interface OutputRows {
  /** Lays consecutive windows, `[windows, steps, columns]`, on their rows, after those before. */
  add(firstWindow: number, count: number, values: Float32Array): void;
  /** Returns `[rows, columns]`, NaN where no window covers a row, and `[rows]`, how many windows do. */
  finish(): { readonly values: Float64Array; readonly coverage: Uint32Array };
}

/** Makes room for an output on the rows of the one series that the windows are of. */
export function createOutputRows(
  output: ReaderOutput,
  windows: Windows,
  aggregate: RowAggregate | undefined,
): OutputRows {
  const columns = output.columns.length;
  const rows = windows.series[0]!.time.length;
  const values = new Float64Array(rows * columns).fill(Number.NaN);
  const coverage = new Uint32Array(rows);
  const aggregator = createOutputAggregator(output, windows.spec, aggregate, (row, cells, count) => {
    values.set(cells, row * columns);
    coverage[row] = count;
  });
  return {
    add(firstWindow, count, read) {
      for (let index = 0; index < count; index++)
        aggregator.add(read, index, windows.origin(firstWindow + index));
    },
    finish() {
      aggregator.settle(Infinity);
      return { values, coverage };
    },
  };
}
