import { checkKeys, checkNumber } from '@retrace/errors';
import {
  abs,
  minimum,
  mul,
  type Scalar,
  sign,
  squaredDifference,
  sub,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { checkLossArguments, weightedMean } from './weighted-mean.ts';

/**
 * Computes the mean of (prediction − target)² over all elements, as Keras's MeanSquaredError.
 *
 * @param prediction Any shape, commonly `[batch, timesteps, features]`.
 * @param target The same shape; where the weight is 0 its value has no effect but must be finite.
 * @param weights How much each element counts, not negative, of a shape that broadcasts to the prediction's, such
 * as a mask `[batch, timesteps, 1]` times observed `[batch, timesteps, features]`. The sum is divided by the sum
 * of the weights, not by the number of elements as in Keras: a masked step makes the loss neither smaller nor
 * larger. If all weights are 0 the loss is 0.
 * @throws `RETRACE_INVALID_SHAPE`, `RETRACE_INVALID_ARGUMENT`
 */
export function meanSquaredError(prediction: Tensor, target: Tensor, weights?: Tensor): Scalar {
  checkLossArguments(prediction, target, weights);
  return tidy(() => weightedMean(squaredDifference(prediction, target), weights));
}

/**
 * Computes the mean of |prediction − target| over all elements, as Keras's MeanAbsoluteError, with Keras's
 * gradient of 0 where they are equal. Arguments as for {@link meanSquaredError}.
 *
 * @throws `RETRACE_INVALID_SHAPE`, `RETRACE_INVALID_ARGUMENT`
 */
export function meanAbsoluteError(prediction: Tensor, target: Tensor, weights?: Tensor): Scalar {
  checkLossArguments(prediction, target, weights);
  return tidy(() => {
    const error = sub(prediction, target);
    // Not abs, whose gradient at 0 is −1 in tfjs.
    return weightedMean(mul(error, sign(error)), weights);
  });
}

/** Options of {@link huber}. */
export interface HuberOptions {
  /** The error at which the loss turns from quadratic to linear; 1 by default. */
  readonly delta?: number;
}

/**
 * Computes the mean of Huber's loss over all elements, as Keras's Huber: e²/2 for |e| ≤ delta, otherwise
 * delta·|e| − delta²/2. Arguments as for {@link meanSquaredError}.
 *
 * @throws `RETRACE_INVALID_SHAPE`, `RETRACE_INVALID_ARGUMENT`
 */
export function huber(
  prediction: Tensor,
  target: Tensor,
  weights?: Tensor,
  options: HuberOptions = {},
): Scalar {
  checkLossArguments(prediction, target, weights);
  checkKeys('options', options, ['delta']);
  const { delta = 1 } = options;
  checkNumber('delta', delta, { min: Number.MIN_VALUE });
  return tidy(() => {
    const error = abs(sub(prediction, target));
    const quadratic = minimum(error, delta);
    // q²/2 + delta (|e| − q) with q = min(|e|, delta) is both branches in one.
    return weightedMean(mul(quadratic, sub(error, mul(quadratic, 0.5))), weights);
  });
}
