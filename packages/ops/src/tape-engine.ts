import { engine, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The part of tfjs-core's engine that its types hide and that an operation with several outputs and its own
 * gradient needs (`customGrad` allows one output and computes every gradient, wanted or not).
 */
export interface TapeEngine {
  readonly state: {
    readonly gradientDepth: number;
    activeTape: { readonly saved?: readonly Tensor[] }[] | null;
  };
  isTapeOn(): boolean;
  runKernelFunc(call: {
    inputs: NamedTensorMap;
    forwardFunc(backend: unknown, save: (tensors: Tensor[]) => void): Tensor[];
    backwardsFunc(gradients: Tensor | Tensor[], saved: Tensor[]): Record<string, () => Tensor>;
  }): Tensor[];
}

/** Returns the one engine of the process. */
export function tapeEngine(): TapeEngine {
  return engine() as unknown as TapeEngine;
}
