import {
  clipByValue,
  div,
  maximum,
  mul,
  type NamedTensorMap,
  norm as normOf,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { Clip } from './clip-options.ts';

/**
 * Scales gradients down to the limit; those within it come back as they are, to rounding.
 *
 * @param norm Their global norm.
 */
export function clipGradients(gradients: NamedTensorMap, norm: number, { by, limit }: Clip): NamedTensorMap {
  if (by === 'clipValue') return eachOf(gradients, (gradient) => clipByValue(gradient, -limit, limit));
  if (by === 'clipVariableNorm') {
    return eachOf(gradients, (gradient) => mul(gradient, div(limit, maximum(normOf(gradient), limit))));
  }
  return norm <= limit ? gradients : eachOf(gradients, (gradient) => mul(gradient, limit / norm));
}

function eachOf(gradients: NamedTensorMap, change: (gradient: Tensor) => Tensor): NamedTensorMap {
  return Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, change(gradient)]));
}
