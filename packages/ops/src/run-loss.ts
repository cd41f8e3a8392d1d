import { broadcastTo, div, mul, neg, type Scalar, sub, sum, type Tensor, util } from '@tensorflow/tfjs-core';
import { runDifferentiableOp } from './differentiable-op.ts';
import { currentLossKernels, type LossAttributes } from './loss-kernel.ts';
import { elementLoss } from './loss-reference.ts';

/** Runs the current backend's loss kernels as one step of the tape. */
export function runLoss(
  prediction: Tensor,
  target: Tensor,
  weights: Tensor | undefined,
  attributes: LossAttributes,
): Scalar {
  const { shape } = prediction;
  const perStep =
    weights?.rank === shape.length && util.arraysEqual(weights.shape, [...shape.slice(0, -1), 1]);
  const whole = !weights || perStep || util.arraysEqual(weights.shape, shape);
  const spread = whole ? weights : broadcastTo(weights, shape);
  const kernels = currentLossKernels(attributes);
  const [loss] = runDifferentiableOp({
    name: 'loss',
    inputs: { prediction, target, ...(spread && { weights: spread }) },
    forward() {
      const inputs = { prediction, target, ...(spread && { weights: spread }) };
      const [value, divisor] = kernels.value(inputs, attributes);
      return { outputs: [value], reserve: [value, divisor] };
    },
    gradient({ outputs: [dLoss], inputs, reserve: [value, divisor] }) {
      const { prediction: kept, target: towards, weights: weighing } = inputs;
      const scale = div(dLoss!, divisor!);
      const weighted = { prediction: kept!, target: towards!, ...(weighing && { weights: weighing }) };
      const dPrediction = kernels.gradient({ ...weighted, scale }, attributes);
      return {
        prediction: () => dPrediction,
        target: () => neg(dPrediction),
        ...(weighing && {
          weights() {
            const departure = sub(elementLoss(sub(kept!, towards!), attributes), value!);
            return mul(perStep ? sum(departure, -1, true) : departure, scale);
          },
        }),
      };
    },
  });
  return loss as Scalar;
}
