import type { LabelledScores } from './labelled-rows.ts';
import { type RangeAuc, rangeAreas } from './range-areas.ts';
import { checkRangeAucOptions, type RangeAucOptions } from './range-auc.ts';

/**
 * Computes VUS-ROC and VUS-PR, the means of R-AUC-ROC and R-AUC-PR over the windows 0 to `window`.
 *
 * Paparrizos et al. 2022, "Volume under the surface" (VLDB); equals `RangeAUC_volume_opt` of TSB-AD, a benchmark
 * that takes the period of a series as `window`. Rows are ranked once and each window visits only the rows that events
 * reach: O(rows · log thresholds + events · window² + windows · thresholds).
 *
 * @returns As {@link rangeAuc}.
 * @throws As {@link rangeAuc}.
 */
export function volumeUnderSurface(series: readonly LabelledScores[], options: RangeAucOptions): RangeAuc {
  const { window, thresholds } = checkRangeAucOptions(options);
  let [roc, pr] = [0, 0];
  for (const areas of rangeAreas(series, 0, window, thresholds)) {
    if (areas.roc === null || areas.pr === null) return areas;
    roc += areas.roc;
    pr += areas.pr;
  }
  return { roc: roc / (window + 1), pr: pr / (window + 1) };
}
