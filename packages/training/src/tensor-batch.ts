import type { Head, TensorInput } from '@retrace/models/tensors';
import type { WindowBatch, Windows } from '@retrace/windowing';
import { type Tensor3D, tensor2d, tensor3d } from '@tensorflow/tfjs-core';
import { elementWeights } from './element-weights.ts';

/** What heads are trained towards. */
export interface TargetTensors {
  /** `[batch, steps, features]` */
  readonly values: Tensor3D;
  /** `[batch, steps, 1 or features]`; absent where every element weighs 1. */
  readonly weights: Tensor3D | undefined;
  /** The sum of the weights over all elements. */
  readonly total: number;
}

/** A batch of windows on the backend. */
export interface TensorBatch {
  readonly size: number;
  readonly input: TensorInput;
  /** The targets that the model's heads ask for. */
  readonly targets: ReadonlyMap<Head['target'], TargetTensors>;
}

/** Moves a batch to the backend. The tensors hold on to the arrays of `batch`, which must never change afterwards. */
export function uploadBatch(batch: WindowBatch, windows: Windows, heads: readonly Head[]): TensorBatch {
  const { size } = batch;
  const { lookback, horizon } = windows.spec;
  const features = windows.features.length;
  const input = tensor3d(batch.input, [size, lookback, features]);
  const mask = batch.mask && tensor2d(Float32Array.from(batch.mask), [size, lookback]);
  const targets = new Map<Head['target'], TargetTensors>();
  for (const { target } of heads) {
    if (targets.has(target)) continue;
    const ofInput = target === 'input';
    const steps = ofInput ? lookback : horizon;
    const { values, channels, total } = elementWeights({
      size,
      steps,
      features,
      mask: ofInput ? batch.mask : batch.targetMask,
      observed: ofInput ? batch.observed : batch.targetObserved,
      weight: batch.weight,
    });
    targets.set(target, {
      values: ofInput ? input : tensor3d(batch.target!, [size, steps, features]),
      weights: values && tensor3d(values, [size, steps, channels]),
      total,
    });
  }
  return { size, input: mask ? { input, mask } : { input }, targets };
}
