import { checkKeys } from '@retrace/errors';
import type { Run } from '@retrace/windowing';
import { checkRuns } from '../check-runs.ts';
import { checkScorerState } from './check-scorer-state.ts';
import { shareBelow } from './feature-quantiles.ts';
import { mahalanobisContributions } from './mahalanobis-contributions.ts';
import { usableResiduals } from './residuals.ts';
import { meanContributions, type RowContributions } from './row-contributions.ts';
import { type ScorerState, stateOf } from './scorer-state.ts';
import { smoothRows } from './smooth-rows.ts';

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
  const checkedRuns = checkRuns(runs, rows);
  const contribute = contributionsOf(state);
  const contributions = new Float64Array(usable.length).fill(Number.NaN);
  for (let row = 0; row < rows; row++) {
    const start = row * features;
    if (usable.subarray(start, start + features).every(Number.isNaN)) continue;
    contribute(usable, start, contributions);
  }
  if (state.smoothing) smoothRows(contributions, features, state.smoothing, checkedRuns);
  const scores = Float64Array.from({ length: rows }, (_, row) =>
    contributions.subarray(row * features, (row + 1) * features).reduce((sum, value) => sum + value, 0),
  );
  return { scores, contributions };
}

function contributionsOf(state: ScorerState): RowContributions {
  const features = state.features.length;
  switch (state.kind) {
    case 'mae':
      return meanContributions(features, Math.abs);
    case 'mse':
      return meanContributions(features, (residual) => residual ** 2);
    case 'standardised': {
      const { center, spread, clip = Infinity } = state;
      return meanContributions(
        features,
        (residual, feature) => Math.min(clip, Math.abs(residual - center[feature]!) / spread[feature]!) ** 2,
      );
    }
    case 'gaussian':
      return mahalanobisContributions(state);
    case 'quantile': {
      const { center, knots } = state;
      return meanContributions(features, (residual, feature) =>
        shareBelow(knots, feature, Math.abs(residual - center[feature]!)),
      );
    }
    case 'likelihood': {
      const { floor } = state;
      return meanContributions(features, (surprise, feature) => Math.max(0, surprise - floor[feature]!));
    }
  }
}
