import { checkKeys, checkNumber, checkRecord } from '@retrace/errors';
import { leastSpread } from './least-spread.ts';

/** What is presumed of a spread before any row is seen. */
export interface SpreadPrior {
  /** As many rows of that spread are counted beside the calibration rows, more than 0. */
  readonly rows: number;
  /** Above 0, in scaled units: of residuals by a model that explains nothing, 1 under the scaler of kind 'standard'. */
  readonly spread: number;
}

/** Returns `value` if it is a prior. */
export function checkSpreadPrior(argument: string, value: unknown): SpreadPrior {
  const { rows, spread, ...others } = checkRecord(argument, value);
  checkKeys(argument, others, ['rows', 'spread']);
  return {
    rows: checkNumber(`${argument}.rows`, rows, { min: Number.MIN_VALUE }),
    spread: checkNumber(`${argument}.spread`, spread, { min: leastSpread }),
  };
}
