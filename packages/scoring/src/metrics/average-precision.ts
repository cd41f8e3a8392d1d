import type { LabelledScores } from './labelled-rows.ts';
import { rankCounts } from './rank-counts.ts';

/**
 * Computes the average precision, Σ (recallₖ − recallₖ₋₁) · precisionₖ over the distinct scores from the highest down;
 * the share of anomalous rows is no skill. The rows of all series are ranked together; rows without a score are left
 * out. Equals `sklearn.metrics.average_precision_score`.
 *
 * @returns From 0 to 1, or null where no row is anomalous.
 * @throws `RETRACE_INVALID_ARGUMENT` if labels are not zeros and ones, one a score.
 */
export function averagePrecision(series: readonly LabelledScores[]): number | null {
  const { truePositives, falsePositives } = rankCounts(series);
  const positives = truePositives.at(-1) ?? 0;
  if (positives === 0) return null;
  let sum = 0;
  for (const [k, tp] of truePositives.entries()) {
    sum += ((tp - (truePositives[k - 1] ?? 0)) * tp) / (tp + falsePositives[k]!);
  }
  return sum / positives;
}
