import { argumentError, checkKeys, checkNumber } from '@retrace/errors';
import {
  abs,
  add,
  addN,
  clipByValue,
  div,
  log,
  mean,
  moments,
  mul,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { LossOfActivations } from './tensor-model.ts';

/** How much the size of each number counts. */
export interface PenaltyOptions {
  /** Of |x|. Default 0. */
  readonly l1?: number;
  /** Of x². Default 0. */
  readonly l2?: number;
}

export interface WeightPenaltyOptions extends PenaltyOptions {
  /** Chooses weights by name. Default: all kernels and recurrent kernels, no biases. */
  readonly of?: (name: string) => boolean;
}

const isKernel = (name: string): boolean => /kernel$/i.test(name);

/**
 * Makes an added loss of the size of weights: l1 Σ|w| + l2 Σw², as Keras's `L1L2` of the kernels and recurrent kernels.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`; in training, for `of` that chooses no weight.
 */
export function weightPenalty(options: WeightPenaltyOptions): LossOfActivations {
  checkKeys('options', options, ['l1', 'l2', 'of']);
  const { of = isKernel } = options;
  if (typeof of !== 'function') throw argumentError('of', 'a function of the name of a weight', of);
  const sizeOf = parsePenalty(options);
  return ({ weights }) => {
    const chosen = Object.entries(weights).filter(([name]) => of(name));
    if (chosen.length === 0)
      throw argumentError('of', `true of at least one of ${Object.keys(weights).join(', ')}`, 'none');
    return addN(chosen.map(([, weight]) => sizeOf(weight)));
  };
}

/**
 * Makes an added loss of the size of a layer's output: (l1 Σ|a| + l2 Σa²) / windows, as Keras's `activity_regularizer`.
 *
 * @param activation The layer's name, such as `latent` or `encoder/0`.
 * @throws `RETRACE_INVALID_ARGUMENT`; in training, for a name that no layer has.
 */
export function activityPenalty(activation: string, options: PenaltyOptions): LossOfActivations {
  checkKeys('options', options, ['l1', 'l2']);
  const sizeOf = parsePenalty(options);
  return ({ activations }) => {
    const output = named(activations, activation);
    return div(sizeOf(output), output.shape[0]!);
  };
}

/**
 * Makes an added loss of how far units are from being active as rarely as `target`: Σ over units of the Kullback–Leibler
 * divergence ρ log(ρ/m) + (1−ρ) log((1−ρ)/(1−m)) of the unit's mean m over windows and steps from ρ (Ng 2011, Sparse
 * autoencoder, section 3). For layers whose outputs lie between 0 and 1, such as a sigmoid bottleneck; a mean outside
 * counts as the bound it is beyond.
 *
 * @param activation The layer's name, such as `latent`.
 * @throws `RETRACE_INVALID_ARGUMENT`; in training, for a name that no layer has.
 */
export function sparsityPenalty(
  activation: string,
  options: { /** ρ, between 0 and 1. Default 0.05. */ readonly target?: number } = {},
): LossOfActivations {
  checkKeys('options', options, ['target']);
  const { target = 0.05 } = options;
  checkNumber('target', target, { min: 1e-6, max: 1 - 1e-6 });
  const entropy = target * Math.log(target) + (1 - target) * Math.log(1 - target);
  return ({ activations }) => {
    const output = named(activations, activation);
    const active = clipByValue(mean(output, allButLast(output)), 1e-6, 1 - 1e-6);
    const cross = add(mul(log(active), target), mul(log(sub(1, active)), 1 - target));
    return sum<Scalar>(sub(entropy, cross));
  };
}

/**
 * Makes an added loss of how far units are from being spread as standard normal numbers: Σ over units of the
 * Kullback–Leibler divergence ½ (μ² + σ² − 1 − log σ²) of a normal distribution with the unit's mean and variance over the
 * batch. At least two windows a batch.
 *
 * @param activation The layer's name, such as `latent`.
 * @throws `RETRACE_INVALID_ARGUMENT` in training, for a name that no layer has.
 */
export function normalPenalty(activation: string): LossOfActivations {
  return ({ activations }) => {
    const output = named(activations, activation);
    const { mean: centre, variance } = moments(output, allButLast(output));
    // A unit that is the same for every window is far from normal, not infinitely far.
    const spread = add(variance, 1e-6);
    return mul<Scalar>(sum(sub(sub(add(square(centre), spread), 1), log(spread))), 0.5);
  };
}

function parsePenalty({ l1 = 0, l2 = 0 }: PenaltyOptions): (x: Tensor) => Scalar {
  checkNumber('l1', l1, { min: 0 });
  checkNumber('l2', l2, { min: 0 });
  if (l1 + l2 === 0) throw argumentError('l1', 'above 0, or `l2`', l1);
  return (x) =>
    addN([
      ...(l1 > 0 ? [mul<Scalar>(sum(abs(x)), l1)] : []),
      ...(l2 > 0 ? [mul<Scalar>(sum(square(x)), l2)] : []),
    ]);
}

function named(activations: Readonly<Record<string, Tensor>>, name: string): Tensor {
  const output = activations[name];
  if (output) return output;
  throw argumentError('activation', `one of ${Object.keys(activations).join(', ')}`, name);
}

function allButLast({ rank }: Tensor): number[] {
  return Array.from({ length: rank - 1 }, (_, axis) => axis);
}
