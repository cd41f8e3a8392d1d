import {
  abs,
  add,
  cast,
  clipByValue,
  div,
  equal,
  mean,
  minimum,
  mul,
  scalar,
  sign,
  softplus,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
} from '@tensorflow/tfjs-core';
import type { LossAttributes, LossKernels } from './loss-kernel.ts';

/** The loss kernels in plain tfjs-core operations, for every backend. */
export const lossReference: LossKernels = {
  value({ prediction, target, weights }, attributes) {
    const elements = elementLoss(sub(prediction, target), attributes);
    if (!weights) return [mean(elements), scalar(prediction.size)];
    const total = mul(sum(weights), elements.size / weights.size);
    const divisor = add(total, cast(equal(total, 0), 'float32'));
    return [div(sum(mul(elements, weights)), divisor), divisor];
  },
  gradient({ prediction, target, weights, scale }, attributes) {
    const slopes = mul(elementSlope(sub(prediction, target), attributes), scale);
    return weights ? mul(slopes, weights) : slopes;
  },
};

/** The loss of each element's error. */
export function elementLoss(error: Tensor, { kind, delta }: LossAttributes): Tensor {
  if (kind === 'squared') return square(error);
  const size = abs(error);
  if (kind === 'absolute') return size;
  // log((eˣ + e⁻ˣ) / 2), without overflow.
  if (kind === 'logCosh') return sub(add(size, softplus(mul(size, -2))), Math.LN2);
  const quadratic = minimum(size, delta);
  // q²/2 + delta (|e| − q) with q = min(|e|, delta) is both branches in one.
  return mul(quadratic, sub(size, mul(quadratic, 0.5)));
}

function elementSlope(error: Tensor, { kind, delta }: LossAttributes): Tensor {
  if (kind === 'squared') return mul(error, 2);
  if (kind === 'logCosh') return tanh(error);
  return kind === 'absolute' ? sign(error) : clipByValue(error, -delta, delta);
}
