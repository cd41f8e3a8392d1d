import { mul, type NamedTensorMap } from '@tensorflow/tfjs-core';

/** Scales all gradients, of global norm `norm`, by the same factor so that their norm is at most `clipNorm`: Pascanu et al. 2013, algorithm 1. */
export function clipByNorm(gradients: NamedTensorMap, norm: number, clipNorm: number): NamedTensorMap {
  if (norm <= clipNorm) return gradients;
  const scaled = Object.entries(gradients).map(([name, gradient]) => [name, mul(gradient, clipNorm / norm)]);
  return Object.fromEntries(scaled);
}
