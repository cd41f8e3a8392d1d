import { argumentError, checkKeys, RetraceError } from '@retrace/errors';
import { type SequenceModel, saveModel } from '@retrace/models';
import type { Anomaly, AnomalyOptions } from '@retrace/scoring';
import type { Series } from '@retrace/windowing';
import { detectorDigest } from './detector-digest.ts';
import type { DetectorScores } from './detector-scores.ts';
import { detectorKey, detectorText } from './detector-text.ts';
import {
  addProvenance,
  type Provenance,
  provenanceKey,
  provenanceText,
  type ToldProvenance,
} from './provenance.ts';
import { createRowScorer, type RowScorer, type RowScorerState, type ScoreOptions } from './row-scorer.ts';
import { openStream } from './stream/open-stream.ts';
import type { StreamOptions } from './stream/stream-options.ts';
import type { StreamScorer } from './stream/stream-scorer.ts';
import type { WindowReader } from './window-reader.ts';

export interface SaveDetectorOptions {
  /** Further text to keep in the file beside that of `Detector.metadata`, by keys of the caller's own. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** What only you know of how the detector came to be; kept in the file, beside what is known of itself. */
  readonly provenance?: ToldProvenance;
}

/** Scaler, windows, model, scorer and threshold, fitted, in one file. */
export interface Detector {
  /** The columns a series must have, in order. */
  readonly features: readonly string[];
  readonly state: RowScorerState;
  readonly model: SequenceModel;
  /** How the detector came to be, as its file tells; of a new one, the release and the calibration rows. */
  readonly provenance: Provenance;
  /** The caller's own text that came with the file, and goes with it when saved again; empty for a new detector. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Scores each row of a raw series, letting timers and input have their turn between batches. */
  score(series: Series, options?: ScoreOptions): Promise<DetectorScores>;
  /** Finds the anomalies in scores of `score`, by the rules of the state but for those given; none crosses a gap. */
  anomaliesIn(scores: DetectorScores, options?: AnomalyOptions): Anomaly[];
  /** Scores a raw series and finds the anomalies in it. */
  detect(series: Series, options?: AnomalyOptions & ScoreOptions): Promise<Anomaly[]>;
  /**
   * Opens a stream, which scores rows while they come: to the scores, thresholds and anomalies of `score` and `detect`, to
   * the bit where the backend computes a window alike in batches of any size, as cpu and wasm do.
   */
  stream(options?: StreamOptions): Promise<StreamScorer>;
  /** Writes the bytes of a detector file, which is a model file too: the same detector and options, the same bytes. */
  save(options?: SaveDetectorOptions): Promise<Uint8Array>;
  /** Frees the model. A second call does nothing; any other use afterwards throws `RETRACE_DISPOSED`. */
  dispose(): void;
}

interface DetectorOptions {
  readonly batchSize: number;
  readonly provenance: Provenance;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Joins a model, what reads windows by it, and fitted states into a detector, which owns the model from then on. */
export function createDetector(
  model: SequenceModel,
  reader: WindowReader,
  state: RowScorerState,
  { batchSize, provenance, metadata: kept = {} }: DetectorOptions,
): Detector {
  const scorer: RowScorer = createRowScorer(reader, state, { batchSize });
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
    provenance,
    metadata: kept,
    score: whileAlive(scorer.score),
    anomaliesIn: scorer.anomaliesIn,
    detect: whileAlive(scorer.detect),
    stream: whileAlive(async (options?: StreamOptions) => {
      const detector = await detectorDigest(model, state);
      return openStream({ reader, state, batchSize, detector }, options);
    }),
    save: whileAlive(async (options: SaveDetectorOptions = {}) => {
      checkKeys('options', options, ['metadata', 'provenance']);
      const { metadata = {}, provenance: told = {} } = options;
      const reserved = [detectorKey, provenanceKey].find((key) => key in metadata);
      if (reserved !== undefined)
        throw argumentError(
          'metadata',
          `without the key '${reserved}', which holds a part of the detector`,
          reserved,
        );
      const own = {
        [detectorKey]: detectorText(state),
        [provenanceKey]: provenanceText(addProvenance(provenance, told)),
      };
      return saveModel(model, { metadata: { ...kept, ...metadata, ...own } });
    }),
    dispose() {
      disposed = true;
      model.dispose();
    },
  };
}
