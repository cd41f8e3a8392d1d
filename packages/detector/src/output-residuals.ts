import { negativeLogLikelihood, residuals } from '@retrace/scoring';
import type { ReaderOutput } from './window-reader.ts';

/**
 * Computes the residuals of rows, `[rows, columns]`, by one output: series minus what was drawn, or what was said of the
 * window; with variances, the negative log-likelihood of the series. NaN where no window covers the row, or the cell is
 * missing.
 *
 * @param actual `[rows, features]`, scaled, in float64; NaN where missing.
 * @param values `[rows, columns]`, the output aggregated on rows.
 * @param logVariances As `values`, for a scorer of kind 'likelihood'.
 */
export function outputResiduals(
  output: ReaderOutput,
  actual: ArrayLike<number>,
  values: Float64Array,
  logVariances: Float64Array | undefined,
): Float64Array {
  if (output.rows === 'window') return values;
  const errors = residuals(actual, values);
  return logVariances ? negativeLogLikelihood(errors, logVariances) : errors;
}
