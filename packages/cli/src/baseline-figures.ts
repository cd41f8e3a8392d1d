import { type Detector, type DetectorScores, fitBaselines } from '@retrace/detector';
import type { AnomalyOptions } from '@retrace/scoring';
import { normalWindows, type Series, slidingWindows } from '@retrace/windowing';
import { figuresOf, type JudgedSeries, type MethodFigures } from './method-figures.ts';
import { scoringOf } from './scoring-of.ts';
import type { Session } from './session.ts';

/** The rows that baselines are fitted on. */
export interface BaselineRows {
  /** Raw; windows with a row labelled anomalous train nothing. */
  readonly train: readonly Series[];
  readonly calibration: readonly Series[];
}

/**
 * Fits the simple baselines as a detector was fitted, and measures them by what it was measured by: the rows that it has
 * no score for, such as those before the first prediction, are left out.
 */
export async function baselineFigures(
  { state }: Pick<Detector, 'state'>,
  { train, calibration }: BaselineRows,
  judged: readonly JudgedSeries[],
  { signal, warn, rules }: Pick<Session, 'signal' | 'warn'> & { readonly rules: AnomalyOptions },
): Promise<MethodFigures[]> {
  const scoring = scoringOf(state);
  const windows = normalWindows(slidingWindows(train, scoring.windows, { scaler: scoring.scaler }));
  const baselines = await fitBaselines(windows, {
    ...scoring,
    calibration,
    onWarning: warn,
    ...(signal && { signal }),
  });
  const results: MethodFigures[] = [];
  for (const [name, scorer] of baselines) {
    const found: JudgedSeries[] = [];
    for (const { series, scores: network } of judged) {
      const scores = whereScored(await scorer.score(series, signal && { signal }), network);
      found.push({ series, scores, anomalies: scorer.anomaliesIn(scores, rules) });
      signal?.throwIfAborted();
    }
    const figures = figuresOf(name, found, scorer.state);
    if (figures) results.push(figures);
  }
  return results;
}

/** Takes the score from the rows that have none in `other`. */
function whereScored(scores: DetectorScores, other: DetectorScores): DetectorScores {
  const own = scores.scores.map((score, row) => (Number.isNaN(other.scores[row]) ? Number.NaN : score));
  return { ...scores, scores: own };
}
