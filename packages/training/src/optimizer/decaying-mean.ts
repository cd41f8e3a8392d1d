import { add, mul, sub, type Tensor } from '@tensorflow/tfjs-core';

/** `mean + (value - mean) (1 - decay)`, the mean that forgets: one rounding fewer than the sum of two products. */
export function decayingMean(mean: Tensor, value: Tensor, decay: number): Tensor {
  return add(mean, mul(sub(value, mean), 1 - decay));
}
