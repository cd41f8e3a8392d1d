import type { RowScorer } from '@retrace/detector';
import type { AnomalyOptions } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';
import type { JudgedSeries } from './method-figures.ts';

/** Scores each series once, and finds the anomalies in it; rejects with the reason of `signal`. */
export async function judgeSeries(
  scorer: Pick<RowScorer, 'score' | 'anomaliesIn'>,
  series: readonly Series[],
  { rules, signal }: { readonly rules: AnomalyOptions; readonly signal: AbortSignal | undefined },
): Promise<JudgedSeries[]> {
  const judged: JudgedSeries[] = [];
  for (const each of series) {
    const scores = await scorer.score(each, signal && { signal });
    signal?.throwIfAborted();
    judged.push({ series: each, scores, anomalies: scorer.anomaliesIn(scores, rules) });
  }
  return judged;
}
