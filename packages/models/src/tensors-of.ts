import { argumentError } from '@retrace/errors';
import type { SequenceModel } from './sequence-model.ts';
import type { TensorModel } from './tensor-model.ts';

/**
 * Returns the same model with its tensors in reach.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if `model` is not from `createModel` or `loadModel`.
 */
export function tensorsOf(model: SequenceModel): TensorModel {
  // Told by its methods, not its class: an application may hold two copies of this package.
  if (typeof model === 'object' && model !== null && 'forward' in model && 'variables' in model) {
    return model as TensorModel;
  }
  throw argumentError('model', 'a model from `createModel` or `loadModel`', model);
}
