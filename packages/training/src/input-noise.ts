import { checkKeys, checkNumber } from '@retrace/errors';
import { createRandom } from '@retrace/random';
import type { WindowBatch } from '@retrace/windowing';

/**
 * What is done to the input of training, not to its target, so that a model learns to see through it (denoising
 * autoencoder, Vincent et al. 2008). Validation and later use see no noise.
 */
export interface NoiseSpec {
  /** The standard deviation of Gaussian noise added to every cell, in the unit of the (scaled) windows. Default 0. */
  readonly deviation?: number;
  /** The share of cells that become 0, drawn anew each step. Default 0. */
  readonly drop?: number;
}

/** Checks a noise and fills in its defaults; throws `RETRACE_INVALID_ARGUMENT`. */
export function parseNoise(spec: NoiseSpec | undefined): Required<NoiseSpec> | undefined {
  if (spec === undefined) return undefined;
  checkKeys('noise', spec, ['deviation', 'drop']);
  const { deviation = 0, drop = 0 } = spec;
  return {
    deviation: checkNumber('noise.deviation', deviation, { min: 0 }),
    drop: checkNumber('noise.drop', drop, { min: 0, max: 1 - Number.EPSILON }),
  };
}

/**
 * Returns a noisy copy of an input, but for its missing cells. It depends on nothing but the input, the seed and the step: it is the same on every
 * runtime, and after a resumed fit.
 */
export function withNoise(
  { input, observed }: Pick<WindowBatch, 'input' | 'observed'>,
  { deviation, drop }: Required<NoiseSpec>,
  { seed, step }: { readonly seed: number; readonly step: number },
): Float32Array {
  const random = createRandom(seed).fork(`noise ${step}`);
  return input.map((value, cell) => {
    if (observed?.[cell] === 0) return value;
    const noisy = deviation > 0 ? value + deviation * random.normal() : value;
    return drop > 0 && random.uniform() < drop ? 0 : noisy;
  });
}
