import { engine, keep, type NamedTensorMap, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';

/**
 * The part of tfjs-core's engine that its types hide and that an operation with several outputs and its own
 * gradient needs (`customGrad` allows one output and computes every gradient, wanted or not).
 */
export interface TapeEngine {
  readonly state: {
    readonly gradientDepth: number;
    /** The operations so far; what a node has saved is disposed once the gradient has been taken. */
    activeTape: { saved?: readonly Tensor[] }[] | null;
    readonly tensorInfo: { get(dataId: object): { readonly backend: { incRef(dataId: object): void } } };
  };
  isTapeOn(): boolean;
  makeTensorFromTensorInfo(info: TensorInfo): Tensor;
  runKernelFunc(call: {
    inputs: NamedTensorMap;
    forwardFunc(): Tensor[];
    backwardsFunc(gradients: Tensor | Tensor[]): Record<string, () => Tensor>;
  }): Tensor[];
}

/** Returns the one engine of the process. */
export function tapeEngine(): TapeEngine {
  return engine() as unknown as TapeEngine;
}

/**
 * Makes another tensor of the same numbers that no scope disposes: what `keep(clone(tensor))` does, without
 * dispatching a kernel for it, which was a quarter of a training step's JavaScript.
 */
export function keepAnother({ dataId, shape, dtype }: Tensor): Tensor {
  const tape = tapeEngine();
  tape.state.tensorInfo.get(dataId).backend.incRef(dataId);
  return keep(tape.makeTensorFromTensorInfo({ dataId, shape, dtype }));
}
