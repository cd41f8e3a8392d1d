import { dropoutMask } from '@retrace/random';
import { mul, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { RandomStream } from './random-stream.ts';

/**
 * Zeroes a share `rate` of the elements and scales the rest by 1 / (1 − rate), as Keras's `Dropout`.
 *
 * The mask is drawn on the host from a counter, so it is the same on every runtime. A layer takes its number even
 * at rate 0, so changing one layer's rate leaves the masks of the others alone.
 */
export function dropout<T extends Tensor>(x: T, rate: number, stream: RandomStream): T {
  const layer = stream.nextDraw();
  if (rate === 0) return x;
  const mask = dropoutMask({ seed: stream.seed, step: stream.step, layer }, x.size, rate);
  return mul(x, tensor(mask, x.shape)) as T;
}
