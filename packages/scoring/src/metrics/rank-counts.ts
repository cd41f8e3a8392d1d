import { checkFlagColumn, checkNumberColumn } from '@retrace/errors';
import type { LabelledScores } from './labelled-rows.ts';

/** How many rows of each class score at or above each distinct score, from the highest down. */
export interface RankCounts {
  /** The distinct scores, descending. */
  readonly scores: readonly number[];
  /** Anomalous rows, cumulative: the true positives of a threshold just below each distinct score. */
  readonly truePositives: readonly number[];
  /** Normal rows, cumulative: its false positives. */
  readonly falsePositives: readonly number[];
}

/** Counts over all rows of all series, those without a score aside. Rows of equal score enter together. */
export function rankCounts(series: readonly LabelledScores[]): RankCounts {
  const columns = series.map(({ scores, labels }, index) => ({
    scores: checkNumberColumn(`series[${index}].scores`, scores),
    labels: checkFlagColumn(`series[${index}].labels`, labels, scores.length),
  }));
  const anomalous = scoresOf(columns, 1);
  const normal = scoresOf(columns, 0);
  const scores: number[] = [];
  const truePositives: number[] = [];
  const falsePositives: number[] = [];
  let [tp, fp] = [0, 0];
  while (tp < anomalous.length || fp < normal.length) {
    const score = Math.max(anomalous.at(-1 - tp) ?? -Infinity, normal.at(-1 - fp) ?? -Infinity);
    while (tp < anomalous.length && anomalous.at(-1 - tp) === score) tp++;
    while (fp < normal.length && normal.at(-1 - fp) === score) fp++;
    scores.push(score);
    truePositives.push(tp);
    falsePositives.push(fp);
  }
  return { scores, truePositives, falsePositives };
}

/** The scores of one class in ascending order. */
function scoresOf(series: readonly LabelledScores[], label: 0 | 1): Float64Array {
  const scores: number[] = [];
  for (const one of series) {
    for (let row = 0; row < one.scores.length; row++) {
      if (one.labels[row] === label && !Number.isNaN(one.scores[row])) scores.push(one.scores[row]!);
    }
  }
  return Float64Array.from(scores).sort();
}
