import { argumentError, checkNumberColumn, RetraceError } from '@retrace/errors';

/** The scores of calibration rows, of which there is at least one. */
export interface CalibrationScores {
  /** As they came: `NaN` where a row has no score. */
  readonly column: Float32Array | Float64Array;
  /** Those that are scores, in the order of the rows. */
  readonly present: Float64Array;
  /** The same, ascending. */
  readonly sorted: Float64Array;
}

/**
 * Sorts calibration scores out.
 *
 * @throws `RETRACE_TOO_FEW_ROWS` if every score is `NaN`, `RETRACE_INVALID_ARGUMENT` for a negative or infinite one.
 */
export function calibrationScores(scores: ArrayLike<number>): CalibrationScores {
  const column = checkNumberColumn('scores', scores);
  const present = Float64Array.from(column).filter((score) => !Number.isNaN(score));
  if (present.length === 0) {
    throw new RetraceError(
      'RETRACE_TOO_FEW_ROWS',
      `None of the ${scores.length} calibration rows has a score. Calibrate on rows that windows cover.`,
      { rows: 0, needed: 1 },
    );
  }
  const sorted = present.toSorted();
  for (const end of [sorted[0]!, sorted.at(-1)!]) {
    if (!(end >= 0 && end < Infinity)) throw argumentError('scores', 'finite numbers of at least 0', end);
  }
  return { column, present, sorted };
}
