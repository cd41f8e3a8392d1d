import type { LabelledScores } from './labelled-rows.ts';
import { type PrecisionRecall, precisionRecall } from './precision-recall.ts';
import { rankCounts } from './rank-counts.ts';

/** The most that a threshold chosen by looking at the labels attains. */
export interface BestF1 extends PrecisionRecall {
  /** The lowest score that is flagged; null where no row is anomalous, so that no threshold is best. */
  readonly lowestFlagged: number | null;
}

/**
 * Finds the highest F1 of rows that any threshold attains, and the highest threshold that attains it.
 *
 * It is an upper bound, not a performance: the threshold is chosen with the labels it is judged by. Rows of all series
 * are flagged by the one threshold; rows without a score are left out. Equals the maximum over
 * `sklearn.metrics.precision_recall_curve`.
 *
 * @returns Figures from 0 to 1; nulls where no row is anomalous.
 * @throws `RETRACE_INVALID_ARGUMENT` if labels are not zeros and ones, one a score.
 */
export function bestF1(series: readonly LabelledScores[]): BestF1 {
  const { truePositives, falsePositives, scores } = rankCounts(series);
  const positives = truePositives.at(-1) ?? 0;
  if (positives === 0) return { precision: null, recall: null, f1: null, lowestFlagged: null };
  const at = (k: number) =>
    precisionRecall(truePositives[k]!, falsePositives[k]!, positives - truePositives[k]!);
  let best = 0;
  for (let k = 1; k < scores.length; k++) if (at(k).f1! > at(best).f1!) best = k;
  return { ...at(best), lowestFlagged: scores[best]! };
}
