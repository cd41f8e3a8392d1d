import { checkKeys, checkNumber } from '@retrace/errors';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { checkLossArguments } from './check-loss.ts';
import { runLoss } from './run-loss.ts';

/**
 * Computes the mean of (prediction − target)² over all elements, as Keras's MeanSquaredError. It can be
 * differentiated once, by all its arguments.
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
  return runLoss(prediction, target, weights, { kind: 'squared', delta: 1 });
}

/**
 * Computes the mean of |prediction − target| over all elements, as Keras's MeanAbsoluteError, with Keras's
 * gradient of 0 where they are equal. Arguments as for {@link meanSquaredError}.
 *
 * @throws `RETRACE_INVALID_SHAPE`, `RETRACE_INVALID_ARGUMENT`
 */
export function meanAbsoluteError(prediction: Tensor, target: Tensor, weights?: Tensor): Scalar {
  checkLossArguments(prediction, target, weights);
  return runLoss(prediction, target, weights, { kind: 'absolute', delta: 1 });
}

/**
 * Computes the mean of log cosh(prediction − target) over all elements, as Keras's LogCosh: e²/2 near 0, |e| − log 2 far
 * from it. Arguments as for {@link meanSquaredError}.
 *
 * @throws `RETRACE_INVALID_SHAPE`, `RETRACE_INVALID_ARGUMENT`
 */
export function logCosh(prediction: Tensor, target: Tensor, weights?: Tensor): Scalar {
  checkLossArguments(prediction, target, weights);
  return runLoss(prediction, target, weights, { kind: 'logCosh', delta: 1 });
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
  return runLoss(prediction, target, weights, { kind: 'huber', delta });
}
