import { checkInteger } from '@retrace/errors';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { checkShape } from './check-shape.ts';

/** One vector per row of the batch that stands for the same input at every timestep. */
export interface Repeated {
  /** `[batch, features]` */
  readonly latent: Tensor2D;
  readonly timesteps: number;
}

/**
 * Repeats a latent vector over `timesteps` as Keras's RepeatVector does, without making the `[batch, timesteps,
 * features]` tensor: `lstm` projects it once, and sums its gradient over time once.
 *
 * @param latent `[batch, features]`, float32.
 * @throws `RETRACE_INVALID_SHAPE`, `RETRACE_INVALID_ARGUMENT`
 */
export function repeated(latent: Tensor2D, timesteps: number): Repeated {
  checkShape('latent', latent, ['batch', 'features']);
  return { latent, timesteps: checkInteger('timesteps', timesteps, { min: 1 }) };
}

/** Tells a repeated vector from a tensor. */
export function isRepeated(value: unknown): value is Repeated {
  return typeof value === 'object' && value !== null && 'latent' in value;
}
