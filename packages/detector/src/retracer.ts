import type { WindowBatch } from '@retrace/windowing';

/**
 * Anything that draws windows again: a trained model, or a simple baseline of `@retrace/scoring`. What it is, is
 * of no matter to scores, thresholds and metrics, so that all are compared on the same path.
 */
export interface Retracer {
  /** Returns the windows of a batch as retraced, `[size, lookback, features]`, scaled as the batch is. */
  reconstruct(batch: WindowBatch): Float32Array | Promise<Float32Array>;
}
