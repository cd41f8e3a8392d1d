import type { LabelledScores } from './labelled-rows.ts';
import { rankCounts } from './rank-counts.ts';

/**
 * Computes the area under the ROC curve: the chance that an anomalous row scores above a normal one, ties counting
 * half; 0.5 is no skill. The rows of all series are ranked together; rows without a score are left out. Equals
 * `sklearn.metrics.roc_auc_score`.
 *
 * @returns From 0 to 1, or null where the rows are all of one class.
 * @throws `RETRACE_INVALID_ARGUMENT` if labels are not zeros and ones, one a score.
 */
export function rocAuc(series: readonly LabelledScores[]): number | null {
  const { truePositives, falsePositives } = rankCounts(series);
  const pairs = (truePositives.at(-1) ?? 0) * (falsePositives.at(-1) ?? 0);
  if (pairs === 0) return null;
  let area = 0;
  for (let k = 0; k < truePositives.length; k++) {
    const width = falsePositives[k]! - (falsePositives[k - 1] ?? 0);
    area += (width * (truePositives[k]! + (truePositives[k - 1] ?? 0))) / 2;
  }
  return area / pairs;
}
