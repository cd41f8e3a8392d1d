/** The mean of some numbers and their spread, the sample standard deviation: over n − 1, null of one number. */
export interface MeanAndSpread {
  readonly mean: number;
  readonly spread: number | null;
}

/** Computes both by Welford's recurrence, which gives a spread of exactly 0 for equal numbers. */
export function meanAndSpread(values: ArrayLike<number>): MeanAndSpread {
  let [mean, squares] = [0, 0];
  for (let index = 0; index < values.length; index++) {
    const difference = values[index]! - mean;
    mean += difference / (index + 1);
    squares += difference * (values[index]! - mean);
  }
  return { mean, spread: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null };
}
