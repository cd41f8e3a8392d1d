import { type Detector, fitBaselines } from '@retrace/detector';
import type { AnomalyOptions } from '@retrace/scoring';
import { normalWindows, type Series, slidingWindows } from '@retrace/windowing';
import { judgeSeries } from './judge-series.ts';
import { figuresOf, type MethodFigures } from './method-figures.ts';
import { scoringOf } from './scoring-of.ts';
import type { Session } from './session.ts';

/** The rows that baselines are fitted on and measured by. */
export interface BaselineRows {
  /** Raw; windows with a row labelled anomalous train nothing. */
  readonly train: readonly Series[];
  readonly calibration: readonly Series[];
  readonly test: readonly Series[];
}

/** Fits the simple baselines as a detector was fitted, and measures them by the test rows as it is measured. */
export async function baselineFigures(
  { state }: Pick<Detector, 'state'>,
  { train, calibration, test }: BaselineRows,
  { signal, warn, rules }: Pick<Session, 'signal' | 'warn'> & { readonly rules: AnomalyOptions },
): Promise<MethodFigures[]> {
  const scoring = scoringOf(state);
  const windows = normalWindows(slidingWindows(train, scoring.windows, { scaler: scoring.scaler }));
  const baselines = await fitBaselines(windows, { ...scoring, calibration, onWarning: warn });
  const results: MethodFigures[] = [];
  for (const [name, scorer] of baselines) {
    const judged = await judgeSeries(scorer, test, { rules, signal });
    const figures = figuresOf(name, judged, scorer.state);
    if (figures) results.push(figures);
  }
  return results;
}
