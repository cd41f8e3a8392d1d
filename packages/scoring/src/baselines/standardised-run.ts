import type { TrainingRows } from './training-rows.ts';

/**
 * Standardises a run (`[rows, features]`) by the moments of the training rows, and fills each missing cell with the last
 * one of its feature that is there; before the first, with the mean, 0.
 */
export function standardisedRun(
  run: Float64Array,
  { means, deviations }: Pick<TrainingRows, 'means' | 'deviations'>,
): Float64Array {
  const features = means.length;
  const filled = new Float64Array(run.length);
  for (let cell = 0; cell < run.length; cell++) {
    const feature = cell % features;
    const before = cell < features ? 0 : filled[cell - features]!;
    filled[cell] = Number.isNaN(run[cell]) ? before : (run[cell]! - means[feature]!) / deviations[feature]!;
  }
  return filled;
}
