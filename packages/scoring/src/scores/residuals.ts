import { argumentError, checkFlagColumn, checkNumberColumn, RetraceError } from '@retrace/errors';

/** The largest magnitude of a residual: its square, divided by that of any spread, still is a finite number. */
export const largestResidual = 1e100;

/**
 * Computes `actual − retraced`, cell by cell.
 *
 * Both are `[rows, features]`, in scaled units; the result is too. A cell that is `NaN` in either (missing, or
 * covered by no window) is `NaN`.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if the lengths differ or an element is no number, such as null.
 */
export function residuals(actual: ArrayLike<number>, retraced: ArrayLike<number>): Float64Array {
  const before = checkNumberColumn('actual', actual);
  const after = checkNumberColumn('retraced', retraced, before.length);
  return Float64Array.from(before, (value, cell) => value - after[cell]!);
}

/**
 * Copies residuals `[rows, features]` with `NaN` wherever a cell cannot be scored: it is `NaN` already, or 0 in
 * `observed`.
 *
 * @throws `RETRACE_NOT_FINITE` naming the row and the feature of an infinite or absurdly large residual.
 */
export function usableResiduals(
  values: ArrayLike<number>,
  features: readonly string[],
  observed?: ArrayLike<number>,
): Float64Array {
  const usable = Float64Array.from(checkNumberColumn('residuals', values));
  if (usable.length % features.length !== 0) {
    throw argumentError('residuals', `rows of ${features.length} features`, values);
  }
  const there = observed && checkFlagColumn('observed', observed, usable.length);
  for (let cell = 0; cell < usable.length; cell++) {
    if (there?.[cell] === 0) usable[cell] = Number.NaN;
    else if (Math.abs(usable[cell]!) > largestResidual) {
      const row = Math.floor(cell / features.length);
      const feature = features[cell % features.length]!;
      throw new RetraceError(
        'RETRACE_NOT_FINITE',
        `The residual of '${feature}' in row ${row} must be NaN or of a magnitude of at most ${largestResidual}. ` +
          `Received: ${usable[cell]}. Check the scaler and the model.`,
        { row, feature, received: usable[cell] },
      );
    }
  }
  return usable;
}
