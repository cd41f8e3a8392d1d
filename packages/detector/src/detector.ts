import { argumentError, RetraceError } from '@retrace/errors';
import { type SequenceModel, saveModel } from '@retrace/models';
import type { Anomaly } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';
import type { DetectorScores } from './detector-scores.ts';
import { detectorKey, detectorText } from './detector-text.ts';
import { modelRetracer } from './model-retracer.ts';
import { createRowScorer, type RowScorer, type RowScorerState } from './row-scorer.ts';

export interface SaveDetectorOptions {
  /** Further text to keep in the file beside that of `Detector.metadata`, by keys of the caller's own. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Scaler, windows, model, scorer and threshold, fitted, in one file. */
export interface Detector {
  /** The columns a series must have, in order. */
  readonly features: readonly string[];
  readonly state: RowScorerState;
  readonly model: SequenceModel;
  /** The caller's own text that came with the file, and goes with it when saved again; empty for a new detector. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Scores each row of a raw series. */
  score(series: Series): Promise<DetectorScores>;
  /** Finds the intervals in scores of `score` that exceed the threshold; none crosses a gap. */
  anomaliesIn(scores: DetectorScores): Anomaly[];
  /** Scores a raw series and finds the anomalies in it. */
  detect(series: Series): Promise<Anomaly[]>;
  /** Writes the bytes of a detector file, which is a model file too: the same detector and metadata, the same bytes. */
  save(options?: SaveDetectorOptions): Promise<Uint8Array>;
  /** Frees the model. A second call does nothing; any other use afterwards throws `RETRACE_DISPOSED`. */
  dispose(): void;
}

interface DetectorOptions {
  readonly batchSize: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Joins a model and fitted states into a detector, which owns the model from then on. */
export function createDetector(
  model: SequenceModel,
  state: RowScorerState,
  { batchSize, metadata: kept = {} }: DetectorOptions,
): Detector {
  const scorer: RowScorer = createRowScorer(modelRetracer(model), state, { batchSize });
  let disposed = false;
  const whileAlive = <A extends unknown[], R>(method: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (!disposed) return method(...args);
      throw new RetraceError('RETRACE_DISPOSED', 'This detector was disposed. Load it again from its file.');
    };
  };
  return {
    features: state.scaler.features,
    state,
    model,
    metadata: kept,
    score: whileAlive(scorer.score),
    anomaliesIn: scorer.anomaliesIn,
    detect: whileAlive(scorer.detect),
    save: whileAlive(async ({ metadata = {} }: SaveDetectorOptions = {}) => {
      if (detectorKey in metadata)
        throw argumentError(
          'metadata',
          `without the key '${detectorKey}', which holds the states`,
          detectorKey,
        );
      return saveModel(model, { metadata: { ...kept, ...metadata, [detectorKey]: detectorText(state) } });
    }),
    dispose() {
      disposed = true;
      model.dispose();
    },
  };
}
