import type { Head, TensorInput } from '@retrace/models/tensors';
import type { WindowBatch, Windows } from '@retrace/windowing';
import { type Tensor3D, tensor2d, tensor3d } from '@tensorflow/tfjs-core';
import { type ClassLabels, uploadLabels } from './class-labels.ts';
import type { ClassWeight } from './class-weight.ts';
import { elementWeights } from './element-weights.ts';
import type { FittedLossWeights } from './fit-loss-weights.ts';

/** What a head that retraces or predicts rows is trained towards. */
export interface TargetTensors {
  /** `[batch, steps, features]` */
  readonly values: Tensor3D;
  /** `[batch, steps, 1 or features]`; absent where every element weighs 1. */
  readonly weights: Tensor3D | undefined;
  /** The sum of the weights over all elements. */
  readonly total: number;
}

/** A batch of windows on the backend, with the targets that the model's heads ask for. */
export interface TensorBatch {
  readonly size: number;
  readonly input: TensorInput;
  readonly targets: ReadonlyMap<'input' | 'target', TargetTensors>;
  readonly labels?: ClassLabels;
}

/** What weighs the loss beside what the batch says itself. */
export interface BatchWeights {
  readonly classWeight?: ClassWeight | undefined;
  readonly lossWeights?: FittedLossWeights | undefined;
}

/** Moves a batch to the backend. The tensors hold on to the arrays of `batch`, which must never change afterwards. */
export function uploadBatch(
  batch: WindowBatch,
  windows: Windows,
  heads: readonly Head[],
  { classWeight, lossWeights }: BatchWeights = {},
): TensorBatch {
  const { size } = batch;
  const { lookback, horizon } = windows.spec;
  const features = windows.features.length;
  const input: TensorInput = {
    input: tensor3d(batch.input, [size, lookback, features]),
    ...(batch.mask && { mask: tensor2d(Float32Array.from(batch.mask), [size, lookback]) }),
    ...(batch.target && { target: tensor3d(batch.target, [size, horizon, features]) }),
    ...(batch.targetMask && { targetMask: tensor2d(Float32Array.from(batch.targetMask), [size, horizon]) }),
  };
  const wanted = new Set(heads.map(({ target }) => target));
  const targets = new Map<'input' | 'target', TargetTensors>();
  for (const target of ['input', 'target'] as const) {
    if (!wanted.has(target)) continue;
    const ofInput = target === 'input';
    const steps = ofInput ? lookback : horizon;
    const { values, channels, total } = elementWeights({
      size,
      steps,
      features,
      mask: ofInput ? batch.mask : batch.targetMask,
      observed: ofInput ? batch.observed : batch.targetObserved,
      weight: batch.weight,
      stepWeights: lossWeights?.steps[target],
      featureWeights: lossWeights?.features,
    });
    targets.set(target, {
      values: input[target]!,
      weights: values && tensor3d(values, [size, steps, channels]),
      total,
    });
  }
  const labels = wanted.has('label') ? { labels: uploadLabels(batch, classWeight) } : {};
  return { size, input, targets, ...labels };
}
