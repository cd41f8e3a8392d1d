/**
 * Computes the mean and the population standard deviation of `values` by Welford's recurrence, which loses nothing
 * where the mean is large beside the deviation and gives exactly 0 for equal values.
 */
export function meanAndDeviation(values: Float64Array): { mean: number; deviation: number } {
  let mean = 0;
  let squares = 0;
  for (const [index, value] of values.entries()) {
    const difference = value - mean;
    mean += difference / (index + 1);
    squares += difference * (value - mean);
  }
  return { mean, deviation: Math.sqrt(squares / values.length) };
}
