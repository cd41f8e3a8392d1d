import { argumentError, checkFormat, checkKeys, checkRecord, checkState } from '@retrace/errors';
import { checkScorerState } from './check-scorer-state.ts';
import {
  type CombinedScorerState,
  checkCombinedScorerState,
  combinedFeatures,
} from './combined-scorer-state.ts';
import { usableResiduals } from './residuals.ts';
import { rowCombiner } from './row-combiner.ts';
import type { RowContributions } from './row-contributions.ts';
import { contributionsOf, createRowScoring, type RowScoring } from './row-scoring.ts';
import { type ScorerState, stateOf } from './scorer-state.ts';

/** How unusual a row is. */
export interface RowScore {
  /** At least 0; `NaN` where the row has no residual. */
  readonly score: number;
  /** `[features]`, at least 0, summing to the score; `NaN` where that is. */
  readonly contributions: Float64Array;
}

/** A scorer at work on the rows of one series while they come. */
export interface ScoreStream {
  /**
   * Scores the next row, for good, by its residuals of each part of the scorer, in order, `[features]` of the part; of a
   * scorer that is not combined there is one. `NaN` where a cell is missing.
   *
   * @throws `RETRACE_NOT_FINITE` for an infinite residual; `RETRACE_INVALID_ARGUMENT` for another number of parts or cells.
   */
  push(residuals: readonly ArrayLike<number>[]): RowScore;
  /** Ends a run, as a gap in time does: smoothing starts anew at the next row. */
  restart(): void;
  /** Where the stream stands: plain JSON, for `open` to go on from to the same scores. */
  state(): ScoreStreamState;
}

/** What a stream of scores goes on from: plain JSON. */
export interface ScoreStreamState {
  readonly format: 'retrace-score-stream';
  readonly version: 1;
  /** What each part of the scorer remembers of earlier rows, for its smoothing. */
  readonly memories: readonly (readonly number[])[];
}

export interface OpenScoreStreamOptions {
  /** The entity whose rows these are, for a scorer with states of entities. Default: none, which what is pooled serves. */
  readonly entity?: string;
  /** What `state` gave. Default: a stream at the start of its first run. */
  readonly state?: ScoreStreamState;
}

/** Streams of one scorer, for any number of series. */
export interface ScoreStreams {
  /** The columns of the contributions. */
  readonly features: readonly string[];
  /**
   * Opens the stream of one series.
   *
   * @throws `RETRACE_SCORE_STREAM_STATE` for a state of a stream of another scorer, or damaged;
   * `RETRACE_UNSUPPORTED_VERSION`; `RETRACE_INVALID_ARGUMENT`.
   */
  open(options?: OpenScoreStreamOptions): ScoreStream;
}

/**
 * Prepares the streaming form of `scoreRows` and `scoreCombinedRows`: the same rows get the same scores, bit for bit. A
 * stream holds what its smoothing needs and nothing else; all else is shared.
 *
 * @throws `RETRACE_SCORER_STATE`; `RETRACE_UNSUPPORTED_VERSION`.
 */
export function scoreStreams(scorer: ScorerState | CombinedScorerState): ScoreStreams {
  const combined = scorer?.kind === 'combined' ? checkCombinedScorerState(scorer) : undefined;
  const parts = combined
    ? combined.parts.map((part) => part.scorer)
    : [checkScorerState(scorer as ScorerState)];
  const features = combined ? combinedFeatures(combined) : parts[0]!.features;
  const combine = combined && rowCombiner(combined);
  const pooled = parts.map(contributionsOf);

  return {
    features,
    open(options = {}) {
      checkKeys('options', options, ['entity', 'state']);
      const { entity, state } = options;
      const scorings = scoringsOf(parts, pooled, entity, state);
      return {
        push(residuals) {
          const rows = checkRow(residuals, parts);
          const own = rows.map((row) => new Float64Array(row.length));
          const scores = scorings.map((scoring, k) => scoring.score(rows[k]!, 0, own[k]!));
          if (!combine) return { score: scores[0]!, contributions: own[0]! };
          const contributions = new Float64Array(features.length);
          return { score: combine(own, contributions), contributions };
        },
        restart() {
          for (const scoring of scorings) scoring.restart();
        },
        state: () => ({
          format: 'retrace-score-stream',
          version: 1,
          memories: scorings.map((scoring) => scoring.memory()),
        }),
      };
    },
  };
}

function scoringsOf(
  parts: readonly ScorerState[],
  pooled: readonly RowContributions[],
  entity: string | undefined,
  state: unknown,
): readonly RowScoring[] {
  return checkState('RETRACE_SCORE_STREAM_STATE', () => {
    const memories = state === undefined ? [] : checkMemories(state, parts.length);
    return parts.map((part, k) => {
      const own = stateOf(part, entity);
      return createRowScoring(own, own === part ? pooled[k]! : contributionsOf(own), memories[k]);
    });
  });
}

function checkMemories(value: unknown, parts: number): readonly number[][] {
  const state = checkRecord('state', value);
  checkFormat('state', state, 'retrace-score-stream');
  checkKeys('state', state, ['format', 'version', 'memories']);
  const { memories } = state;
  if (Array.isArray(memories) && memories.length === parts) return memories;
  throw argumentError('state.memories', `an array of ${parts}, one for each part of the scorer`, memories);
}

function checkRow(
  residuals: readonly ArrayLike<number>[],
  parts: readonly ScorerState[],
): readonly Float64Array[] {
  if (!Array.isArray(residuals) || residuals.length !== parts.length) {
    throw argumentError(
      'residuals',
      `an array with the residuals of each of ${parts.length} parts`,
      residuals,
    );
  }
  return parts.map(({ features }, k) => {
    const row = usableResiduals(residuals[k]!, features);
    if (row.length === features.length) return row;
    throw argumentError(`residuals[${k}]`, `one row of ${features.length} features`, residuals[k]);
  });
}
