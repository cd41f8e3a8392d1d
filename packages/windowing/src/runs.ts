import { argumentError } from '@retrace/errors';
import type { Series } from './series.ts';

/** Rows `[from, to)` of a series without a gap between them. */
export type Run = readonly [from: number, to: number];

/**
 * Splits a series where two consecutive rows are more than `maxGap` apart.
 *
 * @param maxGap In the unit of `series.time`; default Infinity, one run.
 * @returns The runs in order; together they hold every row.
 * @throws `RETRACE_INVALID_ARGUMENT` for any other `maxGap`.
 */
export function runs({ time }: Pick<Series, 'time'>, maxGap: number = Infinity): Run[] {
  if (typeof maxGap !== 'number' || !(maxGap > 0))
    throw argumentError('maxGap', 'a positive number or Infinity', maxGap);
  const found: Run[] = [];
  let from = 0;
  for (let row = 1; row < time.length; row++) {
    if (time[row]! - time[row - 1]! <= maxGap) continue;
    found.push([from, row]);
    from = row;
  }
  if (time.length > 0) found.push([from, time.length]);
  return found;
}
