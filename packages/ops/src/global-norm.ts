import {
  addN,
  engine,
  getBackend,
  getKernel,
  type NamedTensorMap,
  reshape,
  sqrt,
  square,
  sum,
  type Tensor1D,
  tidy,
} from '@tensorflow/tfjs-core';

/**
 * The name under which a runtime may register its own kernel: inputs any number of float32 tensors by any names,
 * output the root of the sum of all their squares, `[1]`; infinite where float32 cannot hold that sum.
 */
export const globalNormKernelName = 'RetraceGlobalNorm';

/** Computes the L2 norm of all gradients taken as one vector, `[1]`. */
export function globalNorm(gradients: NamedTensorMap): Tensor1D {
  if (getKernel(globalNormKernelName, getBackend()))
    return engine().runKernel(globalNormKernelName, gradients);
  return tidy(() =>
    reshape(sqrt(addN(Object.values(gradients).map((gradient) => sum(square(gradient))))), [1]),
  );
}
