import { engine, getBackend, getKernel, type Tensor } from '@tensorflow/tfjs-core';
import { lossReference } from './loss-reference.ts';

/**
 * The seam between the losses and what computes them. With e = prediction − target,
 *
 *     loss = Σ weight · element(e) / Σ weight          element: e², |e|, Huber's, or log cosh e
 *
 * and 0 where the weights sum to 0. A runtime that has something better than the reference registers two tfjs kernels
 * for its backend under the names of {@link lossKernelNames}:
 *
 * They are not called for log cosh.
 *
 * - `value`: inputs {@link LossInputs}, attributes {@link LossAttributes}; returns `[loss, divisor]`, scalars, the
 *   divisor being Σ weight, or 1 where that is 0.
 * - `gradient`: the same and `scale`, a scalar; returns scale · weight · element'(e), of the prediction's shape.
 */
export interface LossKernels {
  value(inputs: LossInputs, attributes: LossAttributes): [loss: Tensor, divisor: Tensor];
  gradient(inputs: LossInputs & { scale: Tensor }, attributes: LossAttributes): Tensor;
}

/** What every loss kernel reads, all float32. */
export interface LossInputs {
  prediction: Tensor;
  /** The prediction's shape. */
  target: Tensor;
  /** The prediction's shape, or that with a last axis of 1; absent where every element weighs 1. */
  weights?: Tensor;
}

/** Which loss it is. */
export interface LossAttributes {
  kind: 'squared' | 'absolute' | 'huber' | 'logCosh';
  /** Where Huber's turns from quadratic to linear. */
  delta: number;
}

/** The names under which a runtime registers its loss kernels. */
export const lossKernelNames = { value: 'RetraceLoss', gradient: 'RetraceLossGrad' } as const;

/** Returns the current backend's own loss kernels, or the reference where it has none, and for log cosh, which none has. */
export function currentLossKernels({ kind }: LossAttributes): LossKernels {
  const has = kind !== 'logCosh' && getKernel(lossKernelNames.value, getBackend());
  return has ? registered : lossReference;
}

const registered: LossKernels = {
  value: (inputs, attributes) => engine().runKernel(lossKernelNames.value, { ...inputs }, { ...attributes }),
  gradient: (inputs, attributes) =>
    engine().runKernel(lossKernelNames.gradient, { ...inputs }, { ...attributes }),
};
