import { cellError } from './cell-error.ts';
import type { Series } from './series.ts';

/** What one pass over the observed cells tells of each feature. */
export interface ColumnMoments {
  readonly count: Float64Array;
  readonly mean: Float64Array;
  /** The sum of squared deviations from the mean. */
  readonly squares: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/**
 * Takes the moments of every feature in one pass, by Welford's update (Technometrics 4(3), 1962).
 *
 * Deviations are taken from the first observed value: the running mean of values around 1e12 would itself be rounded to
 * 1e-4, and the squares with it.
 */
export function columnMoments(series: readonly Series[]): ColumnMoments {
  const width = series[0]!.features.length;
  const count = new Float64Array(width);
  const shift = new Float64Array(width);
  const mean = new Float64Array(width);
  const squares = new Float64Array(width);
  const min = new Float64Array(width).fill(Infinity);
  const max = new Float64Array(width).fill(-Infinity);
  for (const { id, features, values, observed } of series) {
    for (let cell = 0, k = 0; cell < values.length; cell++, k = k + 1 === width ? 0 : k + 1) {
      if (observed?.[cell] === 0) continue;
      const value = values[cell]!;
      if (value - value !== 0) {
        const place = { owner: `series '${id}'`, row: Math.floor(cell / width), feature: features[k]! };
        throw cellError(place, value, 'Mark a missing cell with 0 in `observed`.');
      }
      if (count[k] === 0) shift[k] = value;
      const shifted = value - shift[k]!;
      const delta = shifted - mean[k]!;
      count[k]!++;
      mean[k]! += delta / count[k]!;
      squares[k]! += delta * (shifted - mean[k]!);
      if (value < min[k]!) min[k] = value;
      if (value > max[k]!) max[k] = value;
    }
  }
  return { count, mean: mean.map((value, k) => shift[k]! + value), squares, min, max };
}
