/** From here on the continued fraction converges in a few dozen terms. */
const far = 2;

/**
 * Computes −ln(2 Q(z)) for z ≥ 0, with Q the tail of the standard normal distribution: 0 at 0, and about z² / 2 far out,
 * where Q itself underflows. Relative accuracy 1e-13.
 *
 * By the series of the distribution function near 0 and Laplace's continued fraction of the tail beyond (Abramowitz and
 * Stegun 1964, 26.2.11 and 26.2.14).
 */
export function logNormalTail(z: number): number {
  if (z < far) return -Math.log1p(-2 * halfMass(z));
  let fraction = 0;
  for (let term = Math.ceil(20 + 400 / z); term > 0; term--) fraction = term / (z + fraction);
  return (z * z) / 2 + Math.log(z + fraction) + Math.log(Math.PI / 2) / 2;
}

/** Φ(z) − 1/2. */
function halfMass(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; term > 1e-17 * sum; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
