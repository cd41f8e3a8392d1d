import { checkKeys, checkNumber, checkOneOf, checkRecord } from '@retrace/errors';
import type { Run } from '@retrace/windowing';

/** How scores are averaged over the past rows of their run: an exponentially weighted mean. */
export interface Smoothing {
  readonly kind: 'ewma';
  /** The number of rows after which a row weighs half as much, more than 0. */
  readonly halfLife: number;
}

/** Returns `value` if it describes a smoothing. */
export function checkSmoothing(argument: string, value: unknown): Smoothing {
  const fields = checkRecord(argument, value);
  checkKeys(argument, fields, ['kind', 'halfLife']);
  return {
    kind: checkOneOf(`${argument}.kind`, fields.kind, ['ewma']),
    halfLife: checkNumber(`${argument}.halfLife`, fields.halfLife, { min: Number.MIN_VALUE }),
  };
}

/**
 * Replaces each row of `values` (`[rows, columns]`) by the exponentially weighted mean of itself and the earlier
 * rows of its run.
 *
 * The weights start at the first row (bias-corrected: the first is unchanged), and a row of `NaN` stays `NaN` and
 * does not age the others: `ewm(halflife, adjust=True, ignore_na=True).mean()` of pandas.
 */
export function smoothRows(
  values: Float64Array,
  columns: number,
  { halfLife }: Smoothing,
  runs: readonly Run[],
): void {
  const decay = 0.5 ** (1 / halfLife);
  for (const [from, to] of runs) {
    const sums = new Float64Array(columns);
    let weight = 0;
    for (let row = from; row < to; row++) {
      const cells = values.subarray(row * columns, (row + 1) * columns);
      if (Number.isNaN(cells[0])) continue;
      weight = 1 + decay * weight;
      for (let column = 0; column < columns; column++) {
        sums[column] = cells[column]! + decay * sums[column]!;
        cells[column] = sums[column]! / weight;
      }
    }
  }
}
