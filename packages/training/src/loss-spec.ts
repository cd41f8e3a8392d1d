import { checkKeys, checkNumber, checkOneOf } from '@retrace/errors';

/**
 * The loss of each element, by its difference d from its target: 'mse' d², 'mae' |d|, 'huber' d²/2 up to
 * |d| = `delta` and δ(|d| − δ/2) beyond, `delta` 1 by default, 'logCosh' log cosh d. 'gaussian' is the
 * negative log-likelihood of a normal distribution, for models whose decoders put out a `variance`.
 */
export type LossSpec =
  | 'mse'
  | 'mae'
  | 'huber'
  | 'logCosh'
  | 'gaussian'
  | { readonly kind: 'huber'; readonly delta: number };

/** A loss with nothing left to default. */
export type Loss =
  | { readonly kind: 'mse' }
  | { readonly kind: 'mae' }
  | { readonly kind: 'logCosh' }
  | { readonly kind: 'gaussian' }
  | { readonly kind: 'huber'; readonly delta: number };

/**
 * Fills in the defaults of a loss.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for an unknown loss, or a `delta` below 1e-6.
 */
export function parseLossSpec(spec: LossSpec): Loss {
  if (typeof spec !== 'object' || spec === null) {
    const kind = checkOneOf('loss', spec, ['mse', 'mae', 'huber', 'logCosh', 'gaussian']);
    return kind === 'huber' ? { kind, delta: 1 } : { kind };
  }
  checkKeys('loss', spec, ['kind', 'delta']);
  return {
    kind: checkOneOf('loss.kind', spec.kind, ['huber']),
    delta: checkNumber('loss.delta', spec.delta, { min: 1e-6 }),
  };
}
