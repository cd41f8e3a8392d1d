import {
  logSoftmax,
  mul,
  neg,
  oneHot,
  type Scalar,
  sum,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { checkShape } from './check-shape.ts';
import { weightedMean } from './weighted-mean.ts';

/**
 * Computes the mean of −log softmax(logits)[class] over a batch, as Keras's SparseCategoricalCrossentropy from logits.
 *
 * @param logits `[batch, classes]`
 * @param classes `[batch]`, int32, each in 0 … classes − 1.
 * @param weights `[batch]`, how much each row counts, not negative. The sum is divided by the sum of the weights, not
 * by the batch size as in Keras; if all are 0 the loss is 0.
 * @throws `RETRACE_INVALID_SHAPE`, `RETRACE_INVALID_ARGUMENT`
 */
export function crossEntropy(logits: Tensor2D, classes: Tensor1D, weights?: Tensor1D): Scalar {
  checkShape('logits', logits, ['batch', 'classes']);
  const [batchSize, count] = logits.shape;
  checkShape('classes', classes, [batchSize], ['int32']);
  if (weights) checkShape('weights', weights, [batchSize]);
  return tidy(() => {
    const picked = mul(oneHot(classes, count), logSoftmax(logits));
    return weightedMean(neg(sum(picked, 1)), weights);
  });
}
