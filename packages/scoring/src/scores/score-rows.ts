import { checkKeys } from '@retrace/errors';
import type { Run } from '@retrace/windowing';
import { checkRuns } from '../check-runs.ts';
import { checkScorerState } from './check-scorer-state.ts';
import { usableResiduals } from './residuals.ts';
import { contributionsOf, createRowScoring } from './row-scoring.ts';
import { type ScorerState, stateOf } from './scorer-state.ts';

/** How unusual each row is, and how much of that is each feature's. */
export interface RowScores {
  /** `[rows]`, at least 0; `NaN` where a row has no residual. */
  readonly scores: Float64Array;
  /** `[rows, features]`, at least 0; each row sums to its score. `NaN` where the score is. */
  readonly contributions: Float64Array;
}

export interface ScoreRowsOptions {
  /** `[rows, features]`, 0 where a cell is missing; `NaN` residuals are missing without it. */
  readonly observed?: ArrayLike<number>;
  /** The runs of rows without a gap, which together cover all rows; smoothing starts anew at each. Default one run. */
  readonly runs?: readonly Run[];
  /** The entity whose rows these are, for a scorer with states of entities. Default: none, which what is pooled serves. */
  readonly entity?: string;
}

/**
 * Scores rows by their residuals (`[rows, features]`, actual − retraced, in the scaled units the scorer was fitted on).
 *
 * A row's score is the mean over its present features, so that rows with missing cells compare with whole ones. It
 * depends on no later row.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if the lengths do not fit the scorer's features or an element is no number, `RETRACE_NOT_FINITE` if a
 * residual is infinite, `RETRACE_SCORER_STATE` if `scorer` is none.
 */
export function scoreRows(
  residuals: ArrayLike<number>,
  scorer: ScorerState,
  options: ScoreRowsOptions = {},
): RowScores {
  checkKeys('options', options, ['observed', 'runs', 'entity']);
  const { observed, runs, entity } = options;
  const state = stateOf(checkScorerState(scorer), entity);
  const features = state.features.length;
  const usable = usableResiduals(residuals, state.features, observed);
  const rows = usable.length / features;
  const scoring = createRowScoring(state, contributionsOf(state));
  const contributions = new Float64Array(usable.length);
  const scores = new Float64Array(rows);
  for (const [from, to] of checkRuns(runs, rows)) {
    scoring.restart();
    for (let row = from; row < to; row++) scores[row] = scoring.score(usable, row * features, contributions);
  }
  return { scores, contributions };
}
