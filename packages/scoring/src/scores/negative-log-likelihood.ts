import { argumentError, checkNumberColumn, RetraceError } from '@retrace/errors';
import { leastSpread } from './least-spread.ts';

export interface LikelihoodOptions {
  /** The least standard deviation that a logarithm of a variance counts as, in scaled units. Default 0.001. */
  readonly minSpread?: number;
}

const logTwoPi = Math.log(2 * Math.PI);

/**
 * Computes `½ (log 2π + log σ² + e² / σ²)`, cell by cell: how surprised a model is that puts out a variance too. With it
 * as residuals, a scorer of kind `'likelihood'` scores rows.
 *
 * @param residuals `[rows, features]`, actual − retraced, in scaled units.
 * @param logVariances As `residuals`, log σ².
 * @returns As `residuals`, `NaN` where either is.
 * @throws `RETRACE_NOT_FINITE` for an infinite logarithm, naming its cell; `RETRACE_INVALID_ARGUMENT`.
 */
export function negativeLogLikelihood(
  residuals: ArrayLike<number>,
  logVariances: ArrayLike<number>,
  { minSpread = 0.001 }: LikelihoodOptions = {},
): Float64Array {
  const errors = checkNumberColumn('residuals', residuals);
  const logs = checkNumberColumn('logVariances', logVariances, errors.length);
  if (!(minSpread >= leastSpread && minSpread < Infinity))
    throw argumentError('minSpread', `a finite number of at least ${leastSpread}`, minSpread);
  const least = 2 * Math.log(minSpread);
  return Float64Array.from(errors, (error, cell) => {
    if (Math.abs(logs[cell]!) === Infinity) {
      throw new RetraceError(
        'RETRACE_NOT_FINITE',
        `\`logVariances[${cell}]\` must be finite, or NaN where there is none. Received: ${logs[cell]}. Check the model.`,
        { cell, received: String(logs[cell]) },
      );
    }
    const log = Math.max(least, logs[cell]!);
    return (logTwoPi + log + (error * Math.exp(-log / 2)) ** 2) / 2;
  });
}
