import {
  type Anomaly,
  findAnomalies,
  type ScorerState,
  scoreRows,
  type ThresholdState,
} from '@retrace/scoring';
import { runs, type ScalerState, type Series, type WindowSpec } from '@retrace/windowing';
import type { DetectorScores } from './detector-scores.ts';
import { retraceSeries } from './retrace-series.ts';
import type { Retracer } from './retracer.ts';

/** Everything a detector has fitted besides its model; plain JSON but for an infinite `maxGap`. */
export interface RowScorerState {
  readonly windows: WindowSpec;
  readonly scaler: ScalerState;
  readonly scorer: ScorerState;
  readonly threshold: ThresholdState;
}

/** Scores the rows of raw series by how far a retracer departs from them. */
export interface RowScorer {
  readonly state: RowScorerState;
  /** Scores each row. Throws `RETRACE_FEATURES` if the features are not those of the scaler, in its order. */
  score(series: Series): Promise<DetectorScores>;
  /** Finds the stretches of rows in scores of `score` that exceed the threshold; none crosses a gap. */
  anomaliesIn(scores: DetectorScores): Anomaly[];
  /** Scores a series and finds the anomalies in it. */
  detect(series: Series): Promise<Anomaly[]>;
}

/** Joins a retracer and fitted states into a scorer of rows. `batchSize` is the number of windows retraced at once. */
export function createRowScorer(
  retracer: Retracer,
  state: RowScorerState,
  { batchSize }: { readonly batchSize: number },
): RowScorer {
  const { windows, scaler, scorer, threshold } = state;

  async function score(series: Series): Promise<DetectorScores> {
    const { reconstruction, residuals, coverage } = await retraceSeries(retracer, series, {
      windows,
      scaler,
      batchSize,
    });
    const { id, features, time } = series;
    const rowScores = scoreRows(residuals, scorer, { runs: runs(series, windows.maxGap) });
    return { id, features, time, ...rowScores, reconstruction, coverage, threshold: threshold.value };
  }

  function anomaliesIn(scores: DetectorScores): Anomaly[] {
    return findAnomalies(scores, threshold, { runs: runs(scores, windows.maxGap) });
  }

  async function detect(series: Series): Promise<Anomaly[]> {
    return anomaliesIn(await score(series));
  }

  return { state, score, anomaliesIn, detect };
}
