/** The moments of stacks of rows. */
export interface StackedCovariance {
  /** How many stacks there are. */
  readonly count: number;
  /** `[size]`, the means. */
  readonly means: Float64Array;
  /** `[size, size]`, the sums of products of deviations from the means. */
  readonly products: Float64Array;
}

/**
 * Computes the moments of all stacks `(x_t, …, x_(t + depth − 1))` of consecutive rows of the runs (`[rows, features]`
 * each, no `NaN`), which are `size = depth · features` long.
 *
 * Only the products of the first row of a stack are summed over the run; the others follow from them, as
 * `Σ x_(t+i+1) x_(t+j+1)` over the stacks is `Σ x_(t+i) x_(t+j)` without the first term and with one more. So the time
 * grows as `rows · depth · features²`, not `depth²`. Runs shorter than `depth` hold no stack.
 */
export function stackedCovariance(
  runs: readonly Float64Array[],
  features: number,
  depth: number,
): StackedCovariance {
  const size = depth * features;
  const products = new Float64Array(size * size);
  const means = new Float64Array(size);
  let count = 0;
  for (const run of runs) {
    const stacks = run.length / features - depth + 1;
    if (stacks < 1) continue;
    count += stacks;
    addSums(means, run, stacks, features);
    addProducts(products, run, stacks, features);
  }
  for (let k = 0; k < size; k++) means[k]! /= count;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) products[i * size + j]! -= count * means[i]! * means[j]!;
  }
  return { count, means, products };
}

function addSums(sums: Float64Array, run: Float64Array, stacks: number, features: number): void {
  const own = new Float64Array(sums.length);
  for (let k = 0; k < sums.length; k++) {
    if (k < features) for (let t = 0; t < stacks; t++) own[k]! += run[t * features + k]!;
    else own[k] = own[k - features]! - run[k - features]! + run[stacks * features + k - features]!;
    sums[k]! += own[k]!;
  }
}

function addProducts(products: Float64Array, run: Float64Array, stacks: number, features: number): void {
  const size = Math.sqrt(products.length);
  const own = new Float64Array(products.length);
  for (let t = 0; t < stacks; t++) {
    const start = t * features;
    for (let i = 0; i < features; i++) {
      const value = run[start + i]!;
      if (value === 0) continue;
      for (let j = i; j < size; j++) own[i * size + j]! += value * run[start + j]!;
    }
  }
  const end = stacks * features;
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      const [before, after] = [i - features, j - features];
      if (before >= 0) {
        own[i * size + j] =
          own[before * size + after]! - run[before]! * run[after]! + run[end + before]! * run[end + after]!;
      }
      products[i * size + j]! += own[i * size + j]!;
      if (j > i) products[j * size + i]! += own[i * size + j]!;
    }
  }
}
