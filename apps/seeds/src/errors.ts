/** The largest absolute difference between two arrays. */
export function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  return Math.max(...Array.from(actual, (value, k) => Math.abs(value - expected[k]!)));
}

/** The mean squared difference between two arrays. */
export function meanSquare(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  const squares = Array.from(actual, (value, k) => (value - expected[k]!) ** 2);
  return squares.reduce((sum, square) => sum + square, 0) / squares.length;
}
