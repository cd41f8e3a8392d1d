import { checkKeys } from '@retrace/errors';
import { createPacer } from '@retrace/models';
import {
  type Anomaly,
  type AnomalyOptions,
  type CombinedScorerState,
  combinedFeatures,
  findAnomalies,
  flagRows,
  type RowScores,
  type ScorerState,
  scoreCombinedRows,
  scoreRows,
  type ThresholdState,
} from '@retrace/scoring';
import { type Run, runs, type ScalerState, type Series, type WindowSpec } from '@retrace/windowing';
import type { DetectorScores } from './detector-scores.ts';
import { readSeries } from './read-series.ts';
import type { RowAggregate } from './row-aggregator.ts';
import type { ScoredOutput } from './scored-output.ts';
import type { WindowReader } from './window-reader.ts';

/** Everything a detector has fitted besides its model; plain JSON but for an infinite `maxGap`. */
export interface RowScorerState {
  readonly windows: WindowSpec;
  readonly scaler: ScalerState;
  /** What rows are scored by. Absent: the reconstruction alone. */
  readonly outputs?: readonly ScoredOutput[];
  /** How the values of the windows that cover a row become one. Absent: 'mean', and 'first' for what is said of windows. */
  readonly aggregate?: RowAggregate;
  /** Where there are several outputs, a combined one with a part for each, in order. */
  readonly scorer: ScorerState | CombinedScorerState;
  readonly threshold: ThresholdState;
  /** Which rows under alarm make an anomaly, where a call does not say otherwise. Absent: the defaults. */
  readonly anomalies?: AnomalyOptions;
}

export interface ScoreOptions {
  /** Ends the work between two batches of windows; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Scores the rows of raw series by how far a retracer departs from them. */
export interface RowScorer {
  readonly state: RowScorerState;
  /**
   * Scores each row, letting timers and input have their turn between batches. Throws `RETRACE_FEATURES` if the features
   * are not those of the scaler, in its order.
   */
  score(series: Series, options?: ScoreOptions): Promise<DetectorScores>;
  /** Finds the anomalies in scores of `score`, by the rules of the state but for those given; none crosses a gap. */
  anomaliesIn(scores: DetectorScores, options?: AnomalyOptions): Anomaly[];
  /** Scores a series and finds the anomalies in it. */
  detect(series: Series, options?: AnomalyOptions & ScoreOptions): Promise<Anomaly[]>;
}

/** Joins a reader and fitted states into a scorer of rows. `batchSize` is the number of windows read at once. */
export function createRowScorer(
  reader: WindowReader,
  state: RowScorerState,
  { batchSize }: { readonly batchSize: number },
): RowScorer {
  const { windows, scaler, aggregate, scorer, threshold, anomalies } = state;
  const kinds = partsOf(scorer).map(({ kind }) => kind);
  const features = scorer.kind === 'combined' ? combinedFeatures(scorer) : scorer.features;

  async function score(series: Series, options: ScoreOptions = {}): Promise<DetectorScores> {
    const pace = pacerOf(options);
    const reading = { windows, scaler, aggregate, batchSize, kinds, pace };
    const { residuals, reconstruction, coverage } = await readSeries(reader, series, reading);
    const { id, time } = series;
    const rowScores = scoreReading(residuals, scorer, {
      runs: runs(series, windows.maxGap),
      entity: id,
    });
    const { flags, thresholds } = flagRows(rowScores.scores, threshold);
    return { id, features, time, ...rowScores, reconstruction, coverage, thresholds, flags };
  }

  function anomaliesIn(scores: DetectorScores, options: AnomalyOptions = {}): Anomaly[] {
    return findAnomalies(scores, threshold, { ...anomalies, ...options, runs: runs(scores, windows.maxGap) });
  }

  return { state, score, anomaliesIn, detect: detectBy(score, anomaliesIn) };
}

/** Makes the pacer of a call of `score`. */
export function pacerOf(options: ScoreOptions): () => Promise<void> {
  checkKeys('options', options, ['signal']);
  return createPacer(options);
}

/** Puts `detect` together from the two things that it does. */
export function detectBy(
  score: RowScorer['score'],
  anomaliesIn: RowScorer['anomaliesIn'],
): RowScorer['detect'] {
  return async (series, { signal, ...options } = {}) =>
    anomaliesIn(await score(series, signal && { signal }), options);
}

/** Scores rows by their residuals of each output. */
export function scoreReading(
  residuals: readonly Float64Array[],
  scorer: RowScorerState['scorer'],
  options: { readonly runs: readonly Run[]; readonly entity: string },
): RowScores {
  if (scorer.kind === 'combined') return scoreCombinedRows(residuals, scorer, options);
  return scoreRows(residuals[0]!, scorer, options);
}

/** The scorer of each output. */
export function partsOf(scorer: RowScorerState['scorer']): readonly ScorerState[] {
  return scorer.kind === 'combined' ? scorer.parts.map((part) => part.scorer) : [scorer];
}
