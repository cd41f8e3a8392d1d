import { shareBelow } from './feature-quantiles.ts';
import { mahalanobisContributions } from './mahalanobis-contributions.ts';
import { meanContributions, type RowContributions } from './row-contributions.ts';
import type { ScorerState } from './scorer-state.ts';
import { createSmoother } from './smoother.ts';

/** Scores the rows of one series, one by one. */
export interface RowScoring {
  /**
   * Scores the row that starts at cell `start` of `residuals`, which are usable, and writes what each feature adds to it
   * into the same cells of `contributions`.
   */
  score(residuals: Float64Array, start: number, contributions: Float64Array): number;
  /** Forgets the rows before, as at the start of a run. */
  restart(): void;
  /** What to go on from: that of the smoother. */
  memory(): number[];
}

/**
 * Sets a scorer to work.
 *
 * @param contribute Of `contributionsOf(state)`, which any number of series may share.
 * @throws `RETRACE_INVALID_ARGUMENT` for a memory that is not of such a scorer.
 */
export function createRowScoring(
  { features, smoothing }: Pick<ScorerState, 'features' | 'smoothing'>,
  contribute: RowContributions,
  memory: readonly number[] = [],
): RowScoring {
  const width = features.length;
  const smoother = createSmoother(smoothing, width, memory);
  return {
    score(residuals, start, contributions) {
      const cells = contributions.subarray(start, start + width);
      if (residuals.subarray(start, start + width).every(Number.isNaN)) {
        cells.fill(Number.NaN);
        return Number.NaN;
      }
      contribute(residuals, start, contributions);
      smoother.smooth(cells);
      return cells.reduce((sum, value) => sum + value, 0);
    },
    restart: smoother.restart,
    memory: smoother.memory,
  };
}

/** Prepares what each feature adds to a row's score. */
export function contributionsOf(state: ScorerState): RowContributions {
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
