import { argumentError } from '@retrace/errors';
import type { RowScores } from '../scores/score-rows.ts';

/** A series with the scores of its rows. */
export interface ScoredSeries extends RowScores {
  /** The entity. */
  readonly id: string;
  /** The names of the columns of `contributions`. */
  readonly features: readonly string[];
  /** `[rows]`, milliseconds since the epoch or a row counter, ascending. */
  readonly time: Float64Array;
}

/** Refuses a series whose columns differ in length. */
export function checkScoredSeries({ features, time, scores, contributions }: ScoredSeries): void {
  if (time.length !== scores.length) {
    throw argumentError('time', `as long as \`scores\`, ${scores.length}`, time);
  }
  if (contributions.length !== scores.length * features.length) {
    throw argumentError(
      'contributions',
      `${scores.length} rows of ${features.length} features`,
      contributions,
    );
  }
}
