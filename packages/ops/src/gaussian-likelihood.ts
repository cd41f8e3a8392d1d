import {
  add,
  broadcastTo,
  clipByValue,
  div,
  exp,
  log,
  maximum,
  mean,
  mul,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { checkLossArguments } from './check-loss.ts';
import { checkShape } from './check-shape.ts';

/** Added to every variance, lest a number that is met exactly drives it to zero; PyTorch's `eps`. */
const EPSILON = 1e-6;

/**
 * Computes the mean of the negative log-likelihood of the target under a normal distribution for each element, without
 * its constant ½ log 2π, as PyTorch's `gaussian_nll_loss`:
 *
 *     v = exp(logVariance) + 1e-6
 *     loss = ½ log v + ½ (target − prediction)² / v
 *
 * It is negative where the distribution is narrow and right (Nix and Weigend 1994). Composed of tfjs-core's operations.
 *
 * @param prediction The means, any shape, commonly `[batch, timesteps, features]`.
 * @param logVariance The same shape; below −50 and above 20 it counts as those.
 * @param weights As for {@link meanSquaredError}: the sum is divided by the sum of the weights.
 * @throws `RETRACE_INVALID_SHAPE`, `RETRACE_INVALID_ARGUMENT`
 */
export function gaussianNegativeLogLikelihood(
  prediction: Tensor,
  target: Tensor,
  logVariance: Tensor,
  weights?: Tensor,
): Scalar {
  checkLossArguments(prediction, target, weights);
  checkShape('logVariance', logVariance, prediction.shape);
  const variance = add(exp(clipByValue(logVariance, -50, 20)), EPSILON);
  const losses = mul(add(log(variance), div(square(sub(target, prediction)), variance)), 0.5);
  if (!weights) return mean(losses);
  const counts = broadcastTo(weights, losses.shape);
  // Only where all weights are 0 is the sum below that of one.
  return div(sum(mul(losses, counts)), maximum(sum(counts), 1e-30));
}
