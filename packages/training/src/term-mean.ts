/** The mean of one term of the loss over some batches. */
export interface TermMean {
  /** The head's name, or the added loss's. */
  readonly name: string;
  /** The term's weight in the loss. */
  readonly coefficient: number;
  readonly mean: number;
  /** What the mean was taken over: a sum of weights. */
  readonly total: number;
}

/** Merges the means of more batches into those so far (at first none), term by term. */
export function mergeMeans(soFar: readonly TermMean[], more: readonly TermMean[]): TermMean[] {
  return more.map(({ name, coefficient, mean, total }, k) => {
    const before = soFar[k] ?? { mean: 0, total: 0 };
    const sum = before.mean * before.total + mean * total;
    const weight = before.total + total;
    return { name, coefficient, mean: weight === 0 ? 0 : sum / weight, total: weight };
  });
}

/** The loss: the sum over its terms of coefficient · mean. */
export function lossOf(means: readonly TermMean[]): number {
  return means.reduce((loss, { coefficient, mean }) => loss + coefficient * mean, 0);
}

/** The mean of each term by its name. */
export function lossesOf(means: readonly TermMean[]): Readonly<Record<string, number>> {
  return Object.fromEntries(means.map(({ name, mean }) => [name, mean]));
}
