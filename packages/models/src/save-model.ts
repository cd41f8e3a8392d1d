import { argumentError, checkKeys } from '@retrace/errors';
import { type Tensor, writeSealedSafetensors } from '@retrace/safetensors';
import type { SequenceModel } from './sequence-model.ts';
import { tensorsOf } from './tensors-of.ts';

/** The metadata key of a model file that holds its spec as JSON. */
export const specKey = 'retrace.model';

export interface SaveModelOptions {
  /** Further text to keep in the file, by keys of the caller's own; read back with `readSealedSafetensors`. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Writes a model, spec and weights, as the bytes of one safetensors file with a SHA-256 checksum. The bytes depend
 * on spec, weights and metadata alone; the weights are those of the moment of the call, also while the model trains.
 *
 * @throws `RETRACE_DISPOSED` for a disposed model; `RETRACE_INVALID_ARGUMENT` for the metadata key `retrace.model`
 * or an option that is misspelt.
 */
export async function saveModel(model: SequenceModel, options: SaveModelOptions = {}): Promise<Uint8Array> {
  checkKeys('options', options, ['metadata']);
  const { metadata = {} } = options;
  if (specKey in metadata)
    throw argumentError('metadata', `without the key '${specKey}', which holds the spec`, specKey);
  const { spec, variables } = tensorsOf(model);
  // All reads begin before the first has ended, so that no training step comes between two weights.
  const entries = variables.map(async ({ name, variable }): Promise<[string, Tensor]> => {
    const data = (await variable.data()) as Float32Array;
    return [name, { dtype: 'F32', shape: variable.shape, data }];
  });
  const tensors = new Map(await Promise.all(entries));
  return writeSealedSafetensors({ tensors, metadata: { ...metadata, [specKey]: JSON.stringify(spec) } });
}
