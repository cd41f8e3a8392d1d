import { checkKeys, checkNumber, checkOneOf } from '@retrace/errors';

/** Adam (Kingma and Ba 2015) in Keras's form, with Keras's defaults. */
export interface AdamSpec {
  readonly kind: 'adam';
  /** Default 1e-3. */
  readonly learningRate?: number;
  /** The decay of the first moment. Default 0.9. */
  readonly beta1?: number;
  /** The decay of the second moment. Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}

export type OptimizerSpec = AdamSpec;

/**
 * Fills in the defaults of an optimizer.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for unknown keys and values out of range.
 */
export function parseOptimizerSpec(spec: OptimizerSpec): Required<OptimizerSpec> {
  checkKeys('optimizer', spec, ['kind', 'learningRate', 'beta1', 'beta2', 'epsilon']);
  const { kind, learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = spec;
  return {
    kind: checkOneOf('optimizer.kind', kind, ['adam']),
    learningRate: checkNumber('optimizer.learningRate', learningRate, { min: 0, max: 1e9 }),
    beta1: checkNumber('optimizer.beta1', beta1, { min: 0, max: 0.9999999 }),
    beta2: checkNumber('optimizer.beta2', beta2, { min: 0, max: 0.9999999 }),
    epsilon: checkNumber('optimizer.epsilon', epsilon, { min: 1e-16, max: 1 }),
  };
}
