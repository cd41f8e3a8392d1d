import { argumentError } from '@retrace/errors';
import type { WindowOrigin, WindowSpec, Windows } from '@retrace/windowing';
import { createRowAggregator, type LaidWindow, type RowAggregate } from './row-aggregator.ts';
import type { ReaderOutput } from './window-reader.ts';

/** An output of a reader on the rows of one series. */
export interface OutputRows {
  /** Lays consecutive windows, `[windows, steps, columns]`, on their rows, after those before. */
  add(firstWindow: number, count: number, values: Float32Array): void;
  /** Returns `[rows, columns]`, NaN where no window covers a row, and `[rows]`, how many windows do. */
  finish(): { readonly values: Float64Array; readonly coverage: Uint32Array };
}

/**
 * Makes room for an output on the rows of the one series that the windows are of.
 *
 * An output of whole windows is by default that of the first window that a row is in: with a stride of 1, the one that
 * ends there, or the first of the run.
 */
export function createOutputRows(
  output: ReaderOutput,
  windows: Windows,
  aggregate: RowAggregate | undefined = output.rows === 'window' ? 'first' : 'mean',
): OutputRows {
  const { spec } = windows;
  const columns = output.columns.length;
  const rows = windows.series[0]!.time.length;
  const values = new Float64Array(rows * columns).fill(Number.NaN);
  const coverage = new Uint32Array(rows);
  const steps = stepsOf(output, spec);
  const size = output.rows === 'window' ? columns : steps * columns;
  const aggregator = createRowAggregator(
    { steps, columns, stride: spec.stride, aggregate },
    (row, cells, count) => {
      values.set(cells, row * columns);
      coverage[row] = count;
    },
  );
  return {
    add(firstWindow, count, read) {
      checkRead(output, read, count * size);
      for (let index = 0; index < count; index++) {
        const laid = layWindow(output, spec, windows.origin(firstWindow + index));
        if (laid.steps > 0) aggregator.add(read, { ...laid, at: index * size + laid.at });
      }
    },
    finish() {
      aggregator.finish();
      return { values, coverage };
    },
  };
}

function stepsOf({ rows }: ReaderOutput, { lookback, horizon }: Required<WindowSpec>): number {
  return rows === 'out' ? horizon : lookback;
}

/** Lays the steps of an output of one window on rows; those on padding are left out, `at` is past their values. */
function layWindow(
  output: ReaderOutput,
  spec: Required<WindowSpec>,
  { row, padding }: Pick<WindowOrigin, 'row' | 'padding'>,
): LaidWindow {
  const start = row - padding + (output.rows === 'out' ? spec.lookback + spec.shift : 0);
  const skipped = Math.max(0, row - start);
  const pitch = output.rows === 'window' ? 0 : output.columns.length;
  return { row: start + skipped, steps: stepsOf(output, spec) - skipped, at: skipped * pitch, pitch };
}

function checkRead({ name }: ReaderOutput, values: unknown, length: number): void {
  if (values instanceof Float32Array && values.length === length) return;
  throw argumentError(name, `a Float32Array of ${length} numbers, as the windows of the batch have`, values);
}
