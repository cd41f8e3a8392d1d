import {
  type Anomaly,
  type AnomalyOptions,
  findAnomalies,
  flagRows,
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
  /** Finds the stretches of rows under alarm in scores of `score`; none crosses a gap. */
  anomaliesIn(scores: DetectorScores, options?: AnomalyOptions): Anomaly[];
  /** Scores a series and finds the anomalies in it. */
  detect(series: Series, options?: AnomalyOptions): Promise<Anomaly[]>;
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
    const { flags, thresholds } = flagRows(rowScores.scores, threshold);
    return { id, features, time, ...rowScores, reconstruction, coverage, thresholds, flags };
  }

  function anomaliesIn(scores: DetectorScores, options: AnomalyOptions = {}): Anomaly[] {
    return findAnomalies(scores, threshold, { ...options, runs: runs(scores, windows.maxGap) });
  }

  async function detect(series: Series, options: AnomalyOptions = {}): Promise<Anomaly[]> {
    return anomaliesIn(await score(series), options);
  }

  return { state, score, anomaliesIn, detect };
}
