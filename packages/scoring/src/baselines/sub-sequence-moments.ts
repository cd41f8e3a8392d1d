/** Beneath it, in deviations of the feature, a sub-sequence is flat: it has no shape to compare. */
const flat = 1e-6;

/** What z-normalises the sub-sequences of a run. */
export interface SubSequenceMoments {
  /** `[rows − length + 1]`. */
  readonly means: Float64Array;
  /** `[rows − length + 1]`, 1 / (deviation · √length), which makes products correlations; `NaN` for a flat one. */
  readonly inverses: Float64Array;
}

/** Computes the moments of every sub-sequence of `length` values, each by itself, so that no rounding builds up. */
export function subSequenceMoments(values: Float64Array, length: number): SubSequenceMoments {
  const count = values.length - length + 1;
  const means = new Float64Array(count);
  const inverses = new Float64Array(count);
  for (let first = 0; first < count; first++) {
    let sum = 0;
    for (let k = first; k < first + length; k++) sum += values[k]!;
    const mean = sum / length;
    let squares = 0;
    for (let k = first; k < first + length; k++) squares += (values[k]! - mean) ** 2;
    means[first] = mean;
    inverses[first] = squares > flat * flat * length ? 1 / Math.sqrt(squares) : Number.NaN;
  }
  return { means, inverses };
}
