import { type Evaluation, evaluateScores } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';
import type { RowScorer, ScoreOptions } from './row-scorer.ts';

/**
 * Scores labelled series and computes what the labels say about scores and alarms. Series without labels are left
 * out.
 */
export async function evaluate(
  scorer: RowScorer,
  series: readonly Series[],
  options: ScoreOptions = {},
): Promise<Evaluation> {
  const labelled = [];
  for (const each of series) {
    if (each.labels)
      labelled.push({ scores: (await scorer.score(each, options)).scores, labels: each.labels });
  }
  return evaluateScores(labelled, scorer.state.threshold);
}
