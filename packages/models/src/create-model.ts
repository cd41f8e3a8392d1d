import { checkInteger, checkKeys } from '@retrace/errors';
import { createRandom } from '@retrace/random';
import { weightSpecs } from './architecture.ts';
import { BuiltModel } from './built-model.ts';
import { copyEncoder } from './copy-encoder.ts';
import { parseSpec } from './parse-spec.ts';
import type { SequenceModel } from './sequence-model.ts';
import type { ModelSpec } from './spec.ts';
import { initialValues } from './weight-spec.ts';

export interface CreateModelOptions {
  /** Decides the initial weights, together with each weight's name. Default 0. */
  readonly seed?: number;
  /** A model whose encoder's weights the new one starts with. Its encoder must be of the same layers. */
  readonly encoderFrom?: SequenceModel;
}

/**
 * Builds a model with fresh weights: Glorot uniform kernels, orthogonal recurrent kernels, zero biases but for a
 * forget gate's of one, as Keras. Start a runtime first, for instance with `startWasm()`.
 *
 * @throws `RETRACE_MODEL_SPEC`, before anything is allocated, if the spec is not valid, asks for more than 2²⁸ weights or
 * for a layer that puts out more than 2²⁸ numbers for one window; `RETRACE_INVALID_ARGUMENT` for a seed that is no
 * integer, an option that is misspelt, or an encoder of other layers.
 */
export function createModel(spec: ModelSpec, options: CreateModelOptions = {}): SequenceModel {
  checkKeys('options', options, ['seed', 'encoderFrom']);
  const { seed = 0, encoderFrom } = options;
  const checked = parseSpec(spec);
  const random = createRandom(checkInteger('seed', seed, { min: 0 }));
  const values = new Map(
    weightSpecs(checked).map((weight) => [weight.name, initialValues(weight, random.fork(weight.name))]),
  );
  const model = new BuiltModel(checked, values);
  if (!encoderFrom) return model;
  try {
    copyEncoder(encoderFrom, model);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}
