import {
  findAnomalies,
  fitScorer,
  fitThreshold,
  flagRows,
  type RowBaseline,
  type RowScores,
  scoreRows,
} from '@retrace/scoring';
import { checkScalerState, runs, type Series, scale } from '@retrace/windowing';
import { calibrationTime } from './calibration-time.ts';
import type { DetectorScores } from './detector-scores.ts';
import { checkRowScorerOptions, type RowScorerOptions } from './fit-row-scorer.ts';
import { detectBy, pacerOf, type RowScorer, type ScoreOptions } from './row-scorer.ts';

/**
 * Fits a threshold to a baseline that scores rows by itself, as `fitRowScorer` does to what retraces windows.
 *
 * What each feature adds to a row's score stands in for its residual, so the scorer is of kind `'mae'`, whatever the
 * options say, but smoothed as they say. Nothing is retraced: every `reconstruction` is NaN, and `coverage` is 1 where
 * the baseline has a score, 0 elsewhere.
 *
 * @throws `RETRACE_FEATURES` if the features are not the scaler's; `RETRACE_TOO_FEW_ROWS` if no normal calibration row
 * has a score; `RETRACE_SCALER_STATE`; `RETRACE_INVALID_ARGUMENT`.
 */
export function fitRowBaseline(baseline: RowBaseline, options: RowScorerOptions): RowScorer {
  checkRowScorerOptions(options);
  const { calibration, windows, scaler, anomalies, onWarning } = options;
  const { features } = scaler;
  const smoothing = options.scorer?.smoothing;
  const scorer = fitScorer([], { features, kind: 'mae', ...(smoothing && { smoothing }) });

  /** The scores of a series, without what its rows labelled anomalous add if these are to be left out. */
  function scoresOf(series: Series, { leavingOut }: { leavingOut?: Uint8Array | undefined } = {}): RowScores {
    const ranges = runs(series, windows.maxGap);
    const [scaled] = scale([series], scaler);
    const { contributions } = baseline.score(scaled!, { runs: ranges });
    const residuals = contributions.map((value, cell) =>
      leavingOut?.[Math.floor(cell / features.length)] === 1 ? Number.NaN : value * features.length,
    );
    return scoreRows(residuals, scorer, { runs: ranges });
  }

  const normal = calibration.flatMap((series) => {
    return Array.from(scoresOf(series, { leavingOut: series.labels }).scores);
  });
  const threshold = fitThreshold(normal, {
    ...options.threshold,
    ...calibrationTime(calibration, windows.maxGap),
    ...(onWarning && { onWarning }),
  });
  const state = {
    windows: { ...windows },
    scaler: checkScalerState(scaler),
    scorer,
    threshold,
    ...(anomalies && { anomalies: { ...anomalies } }),
  };

  async function score(series: Series, more: ScoreOptions = {}): Promise<DetectorScores> {
    await pacerOf(more)();
    const { id, time } = series;
    const rowScores = scoresOf(series);
    return {
      id,
      features,
      time,
      ...rowScores,
      reconstruction: new Float64Array(series.values.length).fill(Number.NaN),
      coverage: Uint32Array.from(rowScores.scores, (value) => Number(!Number.isNaN(value))),
      ...flagRows(rowScores.scores, threshold),
    };
  }
  const anomaliesIn: RowScorer['anomaliesIn'] = (scores, more = {}) =>
    findAnomalies(scores, threshold, { ...anomalies, ...more, runs: runs(scores, windows.maxGap) });
  return { state, score, anomaliesIn, detect: detectBy(score, anomaliesIn) };
}
