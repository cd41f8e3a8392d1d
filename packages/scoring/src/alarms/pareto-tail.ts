/** A generalised Pareto distribution of excesses: P(Y > y) = (1 + γ y / σ)^(−1/γ), e^(−y/σ) for a γ of 0. */
export interface ParetoTail {
  /** γ: above 0 for a heavy tail, below for one that ends. */
  readonly shape: number;
  /** σ, above 0, in the unit of the excesses. */
  readonly scale: number;
}

/**
 * Fits a generalised Pareto distribution to `excesses` (at least one, all above 0) by maximum likelihood, with
 * Grimshaw's reduction to one parameter (Technometrics 35, 1993; Siffer et al. 2017, section 3.2): for θ = γ / σ the
 * likelihood is highest at γ = mean ln(1 + θ y), and is stationary in θ where
 * w(θ) = (1 + mean ln(1 + θ y)) · mean 1 / (1 + θ y) − 1 is 0. It rises with θ where w is above 0.
 *
 * Of the maxima inside the range of θ, and of the exponential distribution, the likeliest is taken; the likelihood is
 * without bound where θ approaches −1 / max y, which is no fit.
 */
export function fitParetoTail(excesses: ArrayLike<number>): ParetoTail {
  const mean = meanOf(excesses, (excess) => excess);
  const scaled = Float64Array.from(excesses, (excess) => excess / mean);
  const highest = scaled.reduce((max, value) => Math.max(max, value), 0);
  const slope = (theta: number): number =>
    (1 + meanOf(scaled, (y) => Math.log1p(theta * y))) * meanOf(scaled, (y) => 1 / (1 + theta * y)) - 1;
  let best: ParetoTail = { shape: 0, scale: mean };
  let bestLikelihood = -1;
  for (const grid of [gridBelow0(1 / highest), gridAbove0]) {
    const slopes = grid.map(slope);
    for (let k = 1; k < grid.length; k++) {
      if (!(slopes[k - 1]! > 0 && slopes[k]! <= 0)) continue;
      const theta = bisect(slope, grid[k - 1]!, grid[k]!);
      const shape = meanOf(scaled, (y) => Math.log1p(theta * y));
      const likelihood = Math.log(theta / shape) - shape - 1;
      if (likelihood <= bestLikelihood) continue;
      best = { shape, scale: (shape / theta) * mean };
      bestLikelihood = likelihood;
    }
  }
  return best;
}

/**
 * Computes the excess that is exceeded with probability `odds`, given an excess at all; from 0 to 1, 0 for odds of 1.
 */
export function excessAt({ shape, scale }: ParetoTail, odds: number): number {
  const logOdds = -Math.log(odds);
  return shape === 0 ? scale * logOdds : (scale / shape) * Math.expm1(shape * logOdds);
}

const octaves = Array.from({ length: 15 }, (_, k) => k + 1);

/** θ from near its lower end, −`end`, to near 0, closest together at both. */
function gridBelow0(end: number): number[] {
  const nearEnd = octaves.map((k) => -end * (1 - 2 ** -k));
  const near0 = octaves.slice(1).map((k) => -end * 2 ** -k);
  return [...nearEnd.reverse(), ...near0];
}

/** θ for excesses of mean 1; at the last one γ is above 10 for any excesses that floats can tell apart. */
const gridAbove0 = Array.from({ length: 24 }, (_, k) => 2 ** (2 * k - 15));

function bisect(slope: (theta: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let middle = (from + to) / 2; middle !== from && middle !== to; middle = (from + to) / 2) {
    if (slope(middle) > 0) from = middle;
    else to = middle;
  }
  return to;
}

function meanOf(values: ArrayLike<number>, of: (value: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i]!);
  return sum / values.length;
}
