import type { ScorerState } from '@retrace/scoring';
import {
  type ScalerState,
  type Series,
  scale,
  slidingWindows,
  unscaleValues,
  type WindowSpec,
} from '@retrace/windowing';
import { outputResiduals } from './output-residuals.ts';
import { createOutputRows } from './output-rows.ts';
import { readWindows } from './read-windows.ts';
import type { RowAggregate } from './row-aggregator.ts';
import type { WindowReader } from './window-reader.ts';

export interface ReadSeriesOptions {
  readonly windows: WindowSpec;
  readonly scaler: ScalerState;
  readonly aggregate: RowAggregate | undefined;
  readonly batchSize: number;
  /** The kind of the scorer of each output. */
  readonly kinds: readonly ScorerState['kind'][];
  /** Called before each batch; what it throws ends the work. */
  readonly pace: () => Promise<void>;
}

/** What a reader makes of the rows of one series. */
export interface SeriesReading {
  /**
   * For each output of the reader, `[rows, columns]`: those of `outputResiduals`, in scaled units; for a scorer of kind
   * 'likelihood' under the aggregated mean and logarithm of the variance.
   */
  readonly residuals: readonly Float64Array[];
  /** `[rows, features]`, as the first output draws the series, in its units; NaN where it does not. */
  readonly reconstruction: Float64Array;
  /** `[rows]`, how many windows cover each row with the output that covers it most. */
  readonly coverage: Uint32Array;
}

/** Cuts a raw series into windows, up to both ends of each run, has them read in batches and lays the outputs on rows. */
export async function readSeries(
  reader: WindowReader,
  series: Series,
  { windows: spec, scaler, aggregate, batchSize, kinds, pace }: ReadSeriesOptions,
): Promise<SeriesReading> {
  const scaled = scale([series], scaler);
  const windows = slidingWindows(scaled, { ...spec, anchor: 'both' });
  const outputs = reader.outputs.map((output, k) => ({
    drawn: createOutputRows(output, windows, aggregate),
    spread: kinds[k] === 'likelihood' ? createOutputRows(output, windows, aggregate) : undefined,
  }));
  for (let first = 0; first < windows.length; first += batchSize) {
    await pace();
    const size = Math.min(batchSize, windows.length - first);
    const batch = windows.batch(Array.from({ length: size }, (_, index) => first + index));
    const read = await readWindows(reader, batch, windows.spec);
    for (const [k, { drawn, spread }] of outputs.entries()) {
      drawn.add(first, size, read[k]!.values);
      spread?.add(first, size, read[k]!.logVariance!);
    }
  }
  const laid = outputs.map(({ drawn, spread }) => ({
    ...drawn.finish(),
    logVariances: spread?.finish().values,
  }));
  const { values: actual } = scaled[0]!;
  const drawn = laid.find((_, k) => reader.outputs[k]!.rows !== 'window')?.values;
  return {
    residuals: laid.map(({ values, logVariances }, k) =>
      outputResiduals(reader.outputs[k]!, actual, values, logVariances),
    ),
    reconstruction: drawn
      ? unscaleValues(drawn, scaler, series.id)
      : new Float64Array(actual.length).fill(Number.NaN),
    coverage: laid[0]!.coverage.map((_, row) => Math.max(...laid.map(({ coverage }) => coverage[row]!))),
  };
}
