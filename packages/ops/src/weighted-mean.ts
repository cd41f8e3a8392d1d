import { add, cast, div, equal, mean, mul, type Scalar, sum, type Tensor } from '@tensorflow/tfjs-core';

/** The mean over all elements, each counting by its weight; 0 where the weights sum to 0. */
export function weightedMean(elements: Tensor, weights: Tensor | undefined): Scalar {
  if (!weights) return mean(elements);
  const total = mul(sum(weights), elements.size / weights.size);
  const divisor = add(total, cast(equal(total, 0), 'float32'));
  return div(sum(mul(elements, weights)), divisor);
}
