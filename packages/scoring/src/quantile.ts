/**
 * Computes the `q` quantile of `sorted` (ascending, at least one value), interpolating linearly between the two
 * nearest order statistics: definition 7 of Hyndman and Fan (1996), the default of `numpy.quantile`.
 */
export function quantileOf(sorted: Float64Array, q: number): number {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
