import { argumentError } from '@retrace/errors';
import {
  type CombinedScorerState,
  checkCombinedScorerState,
  combinedFeatures,
} from './combined-scorer-state.ts';
import { rowCombiner } from './row-combiner.ts';
import { type RowScores, type ScoreRowsOptions, scoreRows } from './score-rows.ts';

/**
 * Scores rows by several residuals each. Contributions have the columns of `combinedFeatures(scorer)`: a feature that
 * several parts have gets the sum of theirs.
 *
 * A part without a score of a row is left out of the row's mean or product: rows that only some parts score compare
 * with the others.
 *
 * @param residuals For each part of the scorer, in order, `[rows, features]` of the part; all of the same rows.
 * @throws What `scoreRows` throws; `RETRACE_INVALID_ARGUMENT` for another number of parts or rows.
 */
export function scoreCombinedRows(
  residuals: readonly ArrayLike<number>[],
  scorer: CombinedScorerState,
  options: Pick<ScoreRowsOptions, 'runs' | 'entity'> = {},
): RowScores {
  const state = checkCombinedScorerState(scorer);
  const { parts } = state;
  if (!Array.isArray(residuals) || residuals.length !== parts.length) {
    throw argumentError(
      'residuals',
      `an array with the residuals of each of ${parts.length} parts`,
      residuals,
    );
  }
  const scored = parts.map((part, index) => scoreRows(residuals[index]!, part.scorer, options));
  const rows = scored[0]!.scores.length;
  const short = scored.findIndex(({ scores }) => scores.length !== rows);
  if (short >= 0) throw argumentError(`residuals[${short}]`, `those of ${rows} rows`, residuals[short]);
  const combine = rowCombiner(state);
  const columns = combinedFeatures(state).length;
  const contributions = new Float64Array(rows * columns);
  const scores = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const own = scored.map(({ contributions: cells }, part) => {
      const width = parts[part]!.scorer.features.length;
      return cells.subarray(row * width, (row + 1) * width);
    });
    scores[row] = combine(own, contributions.subarray(row * columns, (row + 1) * columns));
  }
  return { scores, contributions };
}
