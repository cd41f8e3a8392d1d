import { argumentError, checkNumber } from '@retrace/errors';
import type { Series } from './series.ts';

/** The shares of rows, or of entities, that train and calibrate; the rest tests. */
export interface SplitShares {
  /** In (0, 1]. */
  readonly train: number;
  /** In [0, 1 - train]. */
  readonly calibration: number;
}

/** Series in three parts that share no row. A part may be empty. */
export interface SeriesSplit {
  readonly train: Series[];
  readonly calibration: Series[];
  readonly test: Series[];
}

/** The sums of shares like 0.9 and 0.1 may exceed 1 by rounding; this is far above that and far below a row. */
const roundingOfShares = 1e-9;

/** Returns how many of `count` things come before the end of the training and of the calibration part. */
export function cutsOf(
  { train, calibration }: SplitShares,
  count: number,
): [train: number, calibration: number] {
  return [Math.round(train * count), Math.min(count, Math.round((train + calibration) * count))];
}

/** Refuses shares that are no shares, or more than the whole. */
export function checkShares({ train, calibration }: SplitShares): void {
  checkNumber('train', train, { min: 0, max: 1 });
  checkNumber('calibration', calibration, { min: 0, max: 1 });
  if (train === 0) throw argumentError('train', 'above 0', train);
  if (train + calibration > 1 + roundingOfShares) {
    throw argumentError('calibration', `at most ${1 - train}, what \`train\` leaves`, calibration);
  }
}

/** Moves a cut before `row` back to before the first row of the same time. */
export function firstOfTime(time: Float64Array, row: number): number {
  let first = row;
  while (first > 0 && first < time.length && time[first] === time[first - 1]) first--;
  return first;
}
