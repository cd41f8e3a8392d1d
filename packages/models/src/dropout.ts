import { dropoutMask } from '@retrace/random';
import { mul, type Tensor, tensor } from '@tensorflow/tfjs-core';

/** Numbers the dropout layers of one forward pass, in the order they run. */
export interface DropoutStream {
  readonly seed: number;
  readonly step: number;
  nextLayer(): number;
}

export function createDropoutStream({ seed, step }: { seed: number; step: number }): DropoutStream {
  let layer = 0;
  return { seed, step, nextLayer: () => layer++ };
}

/**
 * Zeroes a share `rate` of the elements and scales the rest by 1 / (1 − rate), as Keras's `Dropout`.
 *
 * The mask is drawn on the host from a counter, so it is the same on every runtime. A layer takes its number even
 * at rate 0, so changing one layer's rate leaves the masks of the others alone.
 */
export function dropout<T extends Tensor>(x: T, rate: number, stream: DropoutStream): T {
  const layer = stream.nextLayer();
  if (rate === 0) return x;
  const mask = dropoutMask({ seed: stream.seed, step: stream.step, layer }, x.size, rate);
  return mul(x, tensor(mask, x.shape)) as T;
}
