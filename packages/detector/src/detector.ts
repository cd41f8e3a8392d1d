import { argumentError, RetraceError } from '@retrace/errors';
import { type SequenceModel, saveModel } from '@retrace/models';
import type { Anomaly } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';
import type { DetectorScores } from './detector-scores.ts';
import { detectorKey, detectorText } from './detector-text.ts';
import { modelRetracer } from './model-retracer.ts';
import { createRowScorer, type RowScorer, type RowScorerState } from './row-scorer.ts';

export interface SaveDetectorOptions {
  /** Further text to keep in the file, by keys of the caller's own; read back with `readSealedSafetensors`. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Scaler, windows, model, scorer and threshold, fitted, in one file. */
export interface Detector {
  /** The columns a series must have, in order. */
  readonly features: readonly string[];
  readonly state: RowScorerState;
  readonly model: SequenceModel;
  /** Scores each row of a raw series. */
  score(series: Series): Promise<DetectorScores>;
  /** Finds the intervals of a raw series whose score exceeds the threshold; none crosses a gap. */
  detect(series: Series): Promise<Anomaly[]>;
  /** Writes the bytes of a detector file, which is a model file too: the same detector and metadata, the same bytes. */
  save(options?: SaveDetectorOptions): Promise<Uint8Array>;
  /** Frees the model. A second call does nothing; any other use afterwards throws `RETRACE_DISPOSED`. */
  dispose(): void;
}

/** Joins a model and fitted states into a detector, which owns the model from then on. */
export function createDetector(
  model: SequenceModel,
  state: RowScorerState,
  { batchSize }: { readonly batchSize: number },
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
    score: whileAlive(scorer.score),
    detect: whileAlive(scorer.detect),
    save: whileAlive(async ({ metadata = {} }: SaveDetectorOptions = {}) => {
      if (detectorKey in metadata)
        throw argumentError(
          'metadata',
          `without the key '${detectorKey}', which holds the states`,
          detectorKey,
        );
      return saveModel(model, { metadata: { ...metadata, [detectorKey]: detectorText(state) } });
    }),
    dispose() {
      disposed = true;
      model.dispose();
    },
  };
}
