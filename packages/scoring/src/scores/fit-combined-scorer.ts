import { argumentError, checkKeys, checkNumberColumn, checkOneOf, RetraceError } from '@retrace/errors';
import { checkScorerState } from './check-scorer-state.ts';
import {
  type CombinedScorerState,
  leastScale,
  type ScoreCombination,
  scoreCombinations,
} from './combined-scorer-state.ts';
import type { ScorerState } from './scorer-state.ts';

/** One of the scorers to be combined, and what it made of the calibration rows. */
export interface FittedPart {
  readonly scorer: ScorerState;
  /** `[rows]`, the scores of calibration rows; `NaN` where a row has none. */
  readonly scores: ArrayLike<number>;
}

export interface FitCombinedScorerOptions {
  /**
   * `'product'` (default): the geometric mean of the parts' scores plus 1, minus 1. `'mean'`: their mean. Each score is
   * first divided by its mean over the calibration rows.
   */
  readonly by?: ScoreCombination;
}

/**
 * Joins scorers of several residuals of the same rows into one, as Wong et al. 2022 ("AER: auto-encoder with regression
 * for time series anomaly detection") join prediction and reconstruction errors.
 *
 * Where they rescale each score to [1, 2] by its extremes for the product and to [0, 1] for the sum, which one wild row
 * undoes and rows to come would change, a part's score s here is divided by its calibration mean, and the product is of
 * 1 + s: a score of 0 does not silence the others either. Their sum is the mean times a constant.
 *
 * @param parts At least two, in the order in which `scoreCombinedRows` is given the residuals.
 * @throws `RETRACE_TOO_FEW_ROWS` for a part without a calibration score; `RETRACE_SCORER_STATE`;
 * `RETRACE_INVALID_ARGUMENT`.
 */
export function fitCombinedScorer(
  parts: readonly FittedPart[],
  options: FitCombinedScorerOptions = {},
): CombinedScorerState {
  checkKeys('options', options, ['by']);
  const by = checkOneOf('by', options.by ?? 'product', scoreCombinations);
  if (!Array.isArray(parts) || parts.length < 2) {
    throw argumentError('parts', 'an array of at least two scorers with their scores', parts);
  }
  const fitted = parts.map(({ scorer, scores }, index) => ({
    scale: scaleOf(`parts[${index}].scores`, scores),
    scorer: checkScorerState(scorer),
  }));
  return { format: 'retrace-combined-scorer', version: 1, kind: 'combined', by, parts: fitted };
}

/** The mean of the scores that are there. */
function scaleOf(argument: string, scores: ArrayLike<number>): number {
  let mean = 0;
  let rows = 0;
  for (const score of checkNumberColumn(argument, scores)) {
    if (Number.isNaN(score)) continue;
    if (!(score >= 0 && score < Infinity))
      throw argumentError(argument, 'finite numbers of at least 0', score);
    rows++;
    mean += (score - mean) / rows;
  }
  if (rows > 0) return Math.max(mean, leastScale);
  throw new RetraceError(
    'RETRACE_TOO_FEW_ROWS',
    `None of the ${scores.length} calibration rows in \`${argument}\` has a score. Calibrate on rows that windows cover.`,
    { argument, rows: 0, needed: 1 },
  );
}
