import { argumentError, checkNumber } from '@retrace/errors';

/** How large gradients may be; one of the three at most, as in Keras. */
export interface ClipOptions {
  /**
   * Scales the gradients of all weights down together where their global L2 norm is larger (Pascanu et al. 2013): Keras's
   * `global_clipnorm`. Default: no clipping.
   */
  readonly clipNorm?: number;
  /** Scales the gradient of each weight down by itself where its L2 norm is larger: Keras's `clipnorm`. */
  readonly clipVariableNorm?: number;
  /** The most that an element of a gradient may be, up or down: Keras's `clipvalue`. */
  readonly clipValue?: number;
}

/** A limit that was checked. */
export interface Clip {
  readonly by: keyof ClipOptions;
  readonly limit: number;
}

/** Checks the limits; throws `RETRACE_INVALID_ARGUMENT` for one out of range, or more than one. */
export function parseClip({ clipNorm, clipVariableNorm, clipValue }: ClipOptions): Clip | undefined {
  const given = Object.entries({ clipNorm, clipVariableNorm, clipValue }).filter(
    ([, limit]) => limit !== undefined,
  );
  const [first, second] = given as [keyof ClipOptions, number][];
  if (second) throw argumentError(second[0], `left out beside \`${first![0]}\``, second[1]);
  return first && { by: first[0], limit: checkNumber(first[0], first[1], { min: 1e-12 }) };
}
