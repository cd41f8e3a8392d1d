import { createRandom } from '@retrace/random';

export interface BatchOrderOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
  /** From 1. */
  readonly epoch: number;
}

/**
 * Deals the windows `0 … length − 1` of an epoch into batches of `batchSize`; the last may be smaller.
 *
 * Shuffled, the order depends on nothing but `length`, `seed` and `epoch`, so any epoch can be dealt again on its
 * own. Otherwise it is ascending.
 */
export function* batchOrder(
  length: number,
  { batchSize, shuffle, seed, epoch }: BatchOrderOptions,
): Generator<Uint32Array, void, undefined> {
  const order = shuffle
    ? createRandom(seed).fork(`epoch ${epoch}`).permutation(length)
    : Uint32Array.from({ length }, (_, index) => index);
  for (let start = 0; start < length; start += batchSize) yield order.subarray(start, start + batchSize);
}
