import { cellError } from './cell-error.ts';
import type { Series } from './series.ts';

/** What one pass over observed cells tells of each feature, `[features]` each. */
export interface Moments {
  readonly count: Float64Array;
  /** The first observed value, which all others are taken from before they are added up. */
  readonly origin: Float64Array;
  /** The mean, less the origin. */
  readonly mean: Float64Array;
  /** The sum of squared deviations from the mean. */
  readonly squares: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** What is done to the cells of a feature before they count. */
export type Transform = (value: number) => number;

/** Makes the moments of no cell. */
export function emptyMoments(features: number): Moments {
  return {
    count: new Float64Array(features),
    origin: new Float64Array(features),
    mean: new Float64Array(features),
    squares: new Float64Array(features),
    min: new Float64Array(features).fill(Infinity),
    max: new Float64Array(features).fill(-Infinity),
  };
}

/**
 * Adds the observed cells of a series, by Welford's update (Technometrics 4(3), 1962).
 *
 * Deviations are taken from the first observed value: the running mean of values around 1e12 would itself be rounded to
 * 1e-4, and the squares with it.
 *
 * @param transform `[features]`, applied to the cells of each feature first; undefined takes them as they are.
 */
export function addMoments(
  { count, origin, mean, squares, min, max }: Moments,
  { id, features, values, observed }: Series,
  transform: readonly (Transform | undefined)[],
): void {
  const width = features.length;
  for (let cell = 0, k = 0; cell < values.length; cell++, k = k + 1 === width ? 0 : k + 1) {
    if (observed?.[cell] === 0) continue;
    const raw = values[cell]!;
    if (raw - raw !== 0) {
      const place = { owner: `series '${id}'`, row: Math.floor(cell / width), feature: features[k]! };
      throw cellError(place, raw, 'Mark a missing cell with 0 in `observed`.');
    }
    const change = transform[k];
    const value = change ? change(raw) : raw;
    if (count[k] === 0) origin[k] = value;
    const shifted = value - origin[k]!;
    const delta = shifted - mean[k]!;
    count[k]!++;
    mean[k]! += delta / count[k]!;
    squares[k]! += delta * (shifted - mean[k]!);
    if (value < min[k]!) min[k] = value;
    if (value > max[k]!) max[k] = value;
  }
}

/**
 * Adds what other moments tell, as if their cells had been added here (Chan, Golub and LeVeque, "Updating Formulae and
 * a Pairwise Algorithm for Computing Sample Variances", 1979, equation 2.1).
 */
export function mergeMoments(into: Moments, from: Moments): void {
  for (let k = 0; k < into.count.length; k++) {
    const [count, added] = [into.count[k]!, from.count[k]!];
    if (added === 0) continue;
    if (count === 0) into.origin[k] = from.origin[k]!;
    const total = count + added;
    // Origins first: their difference is exact where the values are close, that of the means would not be.
    const delta = from.origin[k]! - into.origin[k]! + from.mean[k]! - into.mean[k]!;
    into.count[k] = total;
    into.mean[k]! += (delta * added) / total;
    into.squares[k]! += from.squares[k]! + delta * delta * ((count / total) * added);
    into.min[k] = Math.min(into.min[k]!, from.min[k]!);
    into.max[k] = Math.max(into.max[k]!, from.max[k]!);
  }
}
