import { checkInteger, checkKeys } from '@retrace/errors';
import type { Windows } from '@retrace/windowing';
import { type Baseline, checkBatch, presentCells, windowShape } from './baseline.ts';
import { sampledBatches } from './sampled-batches.ts';

export interface MeanDistanceOptions {
  /** The most windows to average over, spread evenly over all. Default 20,000. */
  readonly maxWindows?: number;
}

/**
 * Fits the baseline that retraces each feature by its mean over the training windows: its residuals are the distances
 * from the mean.
 *
 * @throws `RETRACE_TOO_FEW_WINDOWS` without windows.
 */
export function meanDistance(windows: Windows, options: MeanDistanceOptions = {}): Baseline {
  checkKeys('options', options, ['maxWindows']);
  const { maxWindows = 20_000 } = options;
  checkInteger('maxWindows', maxWindows, { min: 1 });
  const shape = windowShape(windows);
  const counts = new Float64Array(shape.features);
  const means = new Float64Array(shape.features);
  for (const batch of sampledBatches(windows, maxWindows)) {
    const present = presentCells(batch, shape);
    for (let cell = 0; cell < batch.input.length; cell++) {
      if (!present(cell)) continue;
      const feature = cell % shape.features;
      counts[feature]!++;
      means[feature]! += (batch.input[cell]! - means[feature]!) / counts[feature]!;
    }
  }
  return {
    name: 'mean distance',
    reconstruct(batch) {
      checkBatch(batch, shape);
      return batch.input.map((_, cell) => means[cell % shape.features]!);
    },
  };
}
