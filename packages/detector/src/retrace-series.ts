import { residuals } from '@retrace/scoring';
import {
  createOverlapAggregator,
  type ScalerState,
  type Series,
  scale,
  slidingWindows,
  unscaleValues,
  type WindowSpec,
} from '@retrace/windowing';
import type { Retracer } from './retracer.ts';

export interface RetraceOptions {
  readonly windows: WindowSpec;
  readonly scaler: ScalerState;
  readonly batchSize: number;
}

/** One series, drawn again. Rows that no window covers are NaN. */
export interface RetracedSeries {
  /** `[rows, features]`, the mean over all windows that cover a row, in the units of the series. */
  readonly reconstruction: Float64Array;
  /** `[rows, features]`, series minus reconstruction in scaled units; NaN where the cell is missing too. */
  readonly residuals: Float64Array;
  /** `[rows]`, how many windows cover each row. */
  readonly coverage: Uint32Array;
}

/**
 * Cuts a raw series into windows, up to both ends of each run, has them retraced in batches and lays the results over
 * each other again.
 */
export async function retraceSeries(
  retracer: Retracer,
  series: Series,
  { windows: spec, scaler, batchSize }: RetraceOptions,
): Promise<RetracedSeries> {
  const scaled = scale([series], scaler);
  const windows = slidingWindows(scaled, { ...spec, anchor: 'both' });
  const aggregator = createOverlapAggregator(windows);
  for (let first = 0; first < windows.length; first += batchSize) {
    const size = Math.min(batchSize, windows.length - first);
    const batch = windows.batch(Array.from({ length: size }, (_, index) => first + index));
    aggregator.add(first, await retracer.reconstruct(batch));
  }
  const { values, coverage } = aggregator.finish()[0]!;
  return {
    reconstruction: unscaleValues(values, scaler, series.id),
    residuals: residuals(scaled[0]!.values, values),
    coverage,
  };
}
