import { lastValue, meanDistance, pca } from '@retrace/scoring';
import type { Windows } from '@retrace/windowing';
import { fitRowScorer, type RowScorerOptions } from './fit-row-scorer.ts';
import type { RowScorer } from './row-scorer.ts';

/**
 * Fits the simple baselines on the windows a model was trained on, and scorers for them on the path a detector's
 * scores take, so that what a network adds can be read off.
 *
 * @returns A scorer by the name of its baseline: last value, mean distance and PCA.
 * @throws What `fitRowScorer` throws; `RETRACE_TOO_FEW_WINDOWS` with fewer than two windows.
 */
export async function fitBaselines(
  windows: Windows,
  options: RowScorerOptions,
): Promise<ReadonlyMap<string, RowScorer>> {
  const scorers = new Map<string, RowScorer>();
  for (const baseline of [lastValue(windows), meanDistance(windows), pca(windows)]) {
    scorers.set(baseline.name, await fitRowScorer(baseline, options));
  }
  return scorers;
}
