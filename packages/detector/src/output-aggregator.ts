import type { WindowOrigin, WindowSpec } from '@retrace/windowing';
import { createRowAggregator, type FinalRow, type LaidWindow, type RowAggregate } from './row-aggregator.ts';
import type { ReaderOutput } from './window-reader.ts';

/** Where a window begins among the rows of its series: a `WindowOrigin`, or what a stream of windows tells. */
export type WindowPlace = Pick<WindowOrigin, 'row' | 'padding'>;

/** Turns an output of the windows of one series into its rows, while the windows come. */
export interface OutputAggregator {
  /** Lays window `index` of `values`, `[windows, steps, columns]`, on its rows; windows come in order of their place. */
  add(values: Float32Array, index: number, place: WindowPlace): void;
  /** Gives out the rows before row `before`, where no later window reaches further back: `Infinity` at the end of a run. */
  settle(before: number): void;
  /** The row before which all are settled: given out, or of no window. */
  settled(): number;
  /** What to go on from, as numbers. */
  memory(): number[];
}

/**
 * Makes an aggregator for one series and one output; scores are made of the rows it gives out, so that a stream and a
 * batch of the same windows score alike.
 *
 * An output of whole windows is by default that of the first window that a row is in: with a stride of 1, the one that
 * ends there, or the first of the run.
 *
 * @param memory That of another aggregator, to go on from.
 * @throws `RETRACE_INVALID_ARGUMENT` for a memory that is not of such an aggregator.
 */
export function createOutputAggregator(
  output: ReaderOutput,
  spec: Required<WindowSpec>,
  aggregate: RowAggregate = output.rows === 'window' ? 'first' : 'mean',
  give: FinalRow,
  memory?: readonly number[],
): OutputAggregator {
  const size = valuesPerWindow(output, spec);
  const steps = stepsOf(output, spec);
  const columns = output.columns.length;
  const aggregator = createRowAggregator({ steps, columns, stride: spec.stride, aggregate }, give, memory);
  return {
    ...aggregator,
    add(values, index, place) {
      const laid = layWindow(output, spec, place);
      if (laid.steps > 0) aggregator.add(values, { ...laid, at: index * size + laid.at });
    },
  };
}

/** The numbers that an output is of each window. */
export function valuesPerWindow(output: ReaderOutput, spec: Required<WindowSpec>): number {
  return output.columns.length * (output.rows === 'window' ? 1 : stepsOf(output, spec));
}

function stepsOf({ rows }: ReaderOutput, { lookback, horizon }: Required<WindowSpec>): number {
  return rows === 'out' ? horizon : lookback;
}

/** Lays the steps of an output of one window on rows; those on padding are left out, `at` is past their values. */
function layWindow(
  output: ReaderOutput,
  spec: Required<WindowSpec>,
  { row, padding }: WindowPlace,
): LaidWindow {
  const start = row - padding + (output.rows === 'out' ? spec.lookback + spec.shift : 0);
  const skipped = Math.max(0, row - start);
  const pitch = output.rows === 'window' ? 0 : output.columns.length;
  return { row: start + skipped, steps: stepsOf(output, spec) - skipped, at: skipped * pitch, pitch };
}
