import { negativeLogLikelihood, residuals, type ScorerState } from '@retrace/scoring';
import {
  type ScalerState,
  type Series,
  scale,
  slidingWindows,
  unscaleValues,
  type WindowSpec,
} from '@retrace/windowing';
import { createOutputRows } from './output-rows.ts';
import type { RowAggregate } from './row-aggregator.ts';
import type { WindowReader } from './window-reader.ts';

export interface ReadSeriesOptions {
  readonly windows: WindowSpec;
  readonly scaler: ScalerState;
  readonly aggregate: RowAggregate | undefined;
  readonly batchSize: number;
  /** The kind of the scorer of each output. */
  readonly kinds: readonly ScorerState['kind'][];
}

/** What a reader makes of the rows of one series. */
export interface SeriesReading {
  /**
   * For each output of the reader, `[rows, columns]`: series minus what was drawn, in scaled units, or what was said of
   * the window; for a scorer of kind 'likelihood' the negative log-likelihood of the series under the aggregated mean and
   * logarithm of the variance. NaN where no window covers the row, or the cell is missing.
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
  { windows: spec, scaler, aggregate, batchSize, kinds }: ReadSeriesOptions,
): Promise<SeriesReading> {
  const scaled = scale([series], scaler);
  const windows = slidingWindows(scaled, { ...spec, anchor: 'both' });
  const outputs = reader.outputs.map((output, k) => ({
    drawn: createOutputRows(output, windows, aggregate),
    spread: kinds[k] === 'likelihood' ? createOutputRows(output, windows, aggregate) : undefined,
  }));
  for (let first = 0; first < windows.length; first += batchSize) {
    const size = Math.min(batchSize, windows.length - first);
    const read = await reader.read(windows.batch(Array.from({ length: size }, (_, index) => first + index)));
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
    residuals: laid.map(({ values, logVariances }, k) => {
      if (reader.outputs[k]!.rows === 'window') return values;
      const errors = residuals(actual, values);
      return logVariances ? negativeLogLikelihood(errors, logVariances) : errors;
    }),
    reconstruction: drawn
      ? unscaleValues(drawn, scaler, series.id)
      : new Float64Array(actual.length).fill(Number.NaN),
    coverage: laid[0]!.coverage.map((_, row) => Math.max(...laid.map(({ coverage }) => coverage[row]!))),
  };
}
