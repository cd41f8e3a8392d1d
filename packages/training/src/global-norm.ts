import {
  addN,
  mul,
  type NamedTensorMap,
  reshape,
  sqrt,
  square,
  sum,
  type Tensor1D,
} from '@tensorflow/tfjs-core';

/** The L2 norm of all gradients taken as one vector, `[1]`. */
export function globalNorm(gradients: NamedTensorMap): Tensor1D {
  return reshape(sqrt(addN(Object.values(gradients).map((gradient) => sum(square(gradient))))), [1]);
}

/** Scales all gradients, of global norm `norm`, by the same factor so that their norm is at most `clipNorm`: Pascanu et al. 2013, algorithm 1. */
export function clipByNorm(gradients: NamedTensorMap, norm: number, clipNorm: number): NamedTensorMap {
  if (norm <= clipNorm) return gradients;
  const scaled = Object.entries(gradients).map(([name, gradient]) => [name, mul(gradient, clipNorm / norm)]);
  return Object.fromEntries(scaled);
}
