import { argumentError, RetraceError } from '@retrace/errors';

/** The largest magnitude of a residual: its square, divided by any spread, still is a finite number. */
const largest = 1e100;

/**
 * Computes `actual − retraced`, cell by cell.
 *
 * Both are `[rows, features]`, in scaled units; the result is too. A cell that is `NaN` in either (missing, or
 * covered by no window) is `NaN`.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if the lengths differ.
 */
export function residuals(actual: ArrayLike<number>, retraced: ArrayLike<number>): Float64Array {
  if (retraced.length !== actual.length) {
    throw argumentError('retraced', `as long as \`actual\`, ${actual.length}`, retraced);
  }
  return Float64Array.from(actual, (value, cell) => value - retraced[cell]!);
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
  if (values.length % features.length !== 0) {
    throw argumentError('residuals', `rows of ${features.length} features`, values);
  }
  if (observed && observed.length !== values.length) {
    throw argumentError('observed', `as long as \`residuals\`, ${values.length}`, observed);
  }
  const usable = Float64Array.from(values);
  for (let cell = 0; cell < usable.length; cell++) {
    if (observed?.[cell] === 0) usable[cell] = Number.NaN;
    else if (Math.abs(usable[cell]!) > largest) {
      const row = Math.floor(cell / features.length);
      const feature = features[cell % features.length]!;
      throw new RetraceError(
        'RETRACE_NOT_FINITE',
        `The residual of '${feature}' in row ${row} must be NaN or of a magnitude of at most ${largest}. ` +
          `Received: ${usable[cell]}. Check the scaler and the model.`,
        { row, feature, received: usable[cell] },
      );
    }
  }
  return usable;
}
