import { symmetricEigen } from '../baselines/symmetric-eigen.ts';
import type { RowContributions } from './row-contributions.ts';
import type { GaussianScorerState } from './scorer-state.ts';

/** Below it an eigenvalue of the correlation is rounding: features that always move together, from many rows. */
const leastEigenvalue = 1e-6;

/** How many sets of present features keep their whitening matrix; with more, the oldest is computed anew. */
const remembered = 64;

/**
 * Prepares the contributions to `(e − μ)ᵀ Σ⁻¹ (e − μ) / n`: the squared Mahalanobis distance, the anomaly score of
 * Malhotra et al. 2016 ("LSTM-based encoder-decoder for multi-sensor anomaly detection", section 2.2), divided by the
 * number of present features so that it averages about 1 over the calibration rows whatever is missing. There
 * `e = |x − x'|`, which `magnitudes` gives; without, the sign of a residual counts too.
 *
 * The terms `(e − μ)ᵢ (Σ⁻¹(e − μ))ᵢ` may be negative, so each feature is charged the square of its component of
 * `R^(−1/2) D⁻¹ (e − μ)` instead, with D the spreads and R the correlation: the decorrelated variables nearest to the
 * standardised ones. They sum to the same distance (Garthwaite and Koch 2016, "Evaluating the contributions of
 * individual variables to a quadratic form", the corr-max transformation). Missing features are left out of R, which
 * is the exact distance under the marginal distribution of the present ones.
 */
export function mahalanobisContributions({
  features,
  center,
  spread,
  correlation,
  magnitudes,
}: GaussianScorerState): RowContributions {
  const error = (residual: number) => (magnitudes ? Math.abs(residual) : residual);
  const whitenings = new Map<string, Float64Array>();
  return (residuals, start, contributions) => {
    const present: number[] = [];
    for (let feature = 0; feature < features.length; feature++) {
      if (!Number.isNaN(residuals[start + feature])) present.push(feature);
    }
    const key = present.join();
    let whitening = whitenings.get(key);
    if (!whitening) {
      whitening = whiteningOf(correlation, features.length, present);
      const [oldest] = whitenings.keys();
      if (whitenings.size === remembered && oldest !== undefined) whitenings.delete(oldest);
      whitenings.set(key, whitening);
    }
    const z = present.map(
      (feature) => (error(residuals[start + feature]!) - center[feature]!) / spread[feature]!,
    );
    contributions.fill(0, start, start + features.length);
    for (const [i, feature] of present.entries()) {
      const white = z.reduce((sum, value, j) => sum + whitening[i * z.length + j]! * value, 0);
      contributions[start + feature] = white ** 2 / z.length;
    }
  };
}

/** R^(−1/2) of the correlation of the features `present`. */
function whiteningOf(
  correlation: readonly number[],
  features: number,
  present: readonly number[],
): Float64Array {
  const size = present.length;
  const part = Float64Array.from(present.flatMap((i) => present.map((j) => correlation[i * features + j]!)));
  const { values, vectors } = symmetricEigen(part, size);
  const whitening = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const vector = vectors.subarray(k * size, (k + 1) * size);
    const weight = 1 / Math.sqrt(Math.max(values[k]!, leastEigenvalue));
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) whitening[i * size + j]! += weight * vector[i]! * vector[j]!;
    }
  }
  return whitening;
}
