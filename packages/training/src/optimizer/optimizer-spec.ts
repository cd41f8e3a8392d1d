import { argumentError, checkKeys, checkNumber, checkOneOf } from '@retrace/errors';
import { type LearningRate, parseLearningRate, type Schedule } from './schedule-spec.ts';

interface AnyOptimizerSpec {
  /** A number, or a schedule. Default 1e-3; of SGD 1e-2. */
  readonly learningRate?: LearningRate;
  /**
   * The share of each weight, times the learning rate, that is taken from it before the step: decoupled weight decay
   * (Loshchilov and Hutter 2019), Keras's `weight_decay`. Default 0.
   */
  readonly weightDecay?: number;
}

interface AdaptiveSpec extends AnyOptimizerSpec {
  /** The decay of the first moment. Default 0.9. */
  readonly beta1?: number;
  /** The decay of the second moment. Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}

/** Adam (Kingma and Ba 2015) in Keras's form; with `weightDecay`, AdamW. */
export interface AdamSpec extends AdaptiveSpec {
  readonly kind: 'adam';
}

/** Adam by the largest gradient instead of the mean square. */
export interface AdamaxSpec extends AdaptiveSpec {
  readonly kind: 'adamax';
}

/** Adam with Nesterov's momentum. */
export interface NadamSpec extends AdaptiveSpec {
  readonly kind: 'nadam';
}

/** Gradient descent. */
export interface SgdSpec extends AnyOptimizerSpec {
  readonly kind: 'sgd';
  /** In [0, 1). Default 0. */
  readonly momentum?: number;
  /** Whether the momentum is Nesterov's. Default false. */
  readonly nesterov?: boolean;
}

export interface RmspropSpec extends AnyOptimizerSpec {
  readonly kind: 'rmsprop';
  /** The decay of the mean square. Default 0.9. */
  readonly rho?: number;
  /** In [0, 1). Default 0. */
  readonly momentum?: number;
  /** Whether the square of the mean is taken from the mean square. Default false. */
  readonly centered?: boolean;
  /** Default 1e-7. */
  readonly epsilon?: number;
}

/** An optimizer, with Keras's formulas and defaults. */
export type OptimizerSpec = AdamSpec | AdamaxSpec | NadamSpec | SgdSpec | RmspropSpec;

/** A spec with nothing left to default. */
export type Completed<S extends OptimizerSpec> = S extends OptimizerSpec
  ? Omit<Required<S>, 'learningRate'> & { readonly learningRate: Schedule }
  : never;

export type Optimizer = Completed<OptimizerSpec>;

const kinds = ['adam', 'adamax', 'nadam', 'sgd', 'rmsprop'] as const;

/** The largest share of the past that a mean may keep, and still forget. */
const below1 = { min: 0, max: 0.9999999 };

/**
 * Fills in the defaults of an optimizer.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for unknown keys and values out of range.
 */
export function parseOptimizerSpec(spec: OptimizerSpec): Optimizer {
  if (typeof spec !== 'object' || spec === null)
    throw argumentError('optimizer', "an object such as { kind: 'adam' }", spec);
  const kind = checkOneOf('optimizer.kind', spec.kind, kinds);
  const { learningRate = kind === 'sgd' ? 1e-2 : 1e-3, weightDecay = 0 } = spec;
  const shared = {
    learningRate: parseLearningRate('optimizer.learningRate', learningRate),
    weightDecay: checkNumber('optimizer.weightDecay', weightDecay, { min: 0, max: 1e9 }),
  };
  const share = (name: string, value: number): number => checkNumber(`optimizer.${name}`, value, below1);
  const epsilonOf = (epsilon = 1e-7): number =>
    checkNumber('optimizer.epsilon', epsilon, { min: 1e-16, max: 1 });
  if (spec.kind === 'sgd') {
    checkKeys('optimizer', spec, ['kind', 'learningRate', 'weightDecay', 'momentum', 'nesterov']);
    const { momentum = 0, nesterov = false } = spec;
    return {
      kind: 'sgd',
      ...shared,
      momentum: share('momentum', momentum),
      nesterov: truth('nesterov', nesterov),
    };
  }
  if (spec.kind === 'rmsprop') {
    checkKeys('optimizer', spec, [
      'kind',
      'learningRate',
      'weightDecay',
      'rho',
      'momentum',
      'centered',
      'epsilon',
    ]);
    const { rho = 0.9, momentum = 0, centered = false, epsilon } = spec;
    return {
      kind: 'rmsprop',
      ...shared,
      rho: share('rho', rho),
      momentum: share('momentum', momentum),
      centered: truth('centered', centered),
      epsilon: epsilonOf(epsilon),
    };
  }
  checkKeys('optimizer', spec, ['kind', 'learningRate', 'weightDecay', 'beta1', 'beta2', 'epsilon']);
  const { beta1 = 0.9, beta2 = 0.999, epsilon } = spec;
  const moments = { beta1: share('beta1', beta1), beta2: share('beta2', beta2), epsilon: epsilonOf(epsilon) };
  return { kind: spec.kind, ...shared, ...moments };
}

function truth(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw argumentError(`optimizer.${name}`, 'true or false', value);
}
