import { argumentError } from '@retrace/errors';
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
 * on spec, weights and metadata alone.
 *
 * @throws `RETRACE_DISPOSED` for a disposed model; `RETRACE_INVALID_ARGUMENT` for the metadata key `retrace.model`.
 */
export async function saveModel(
  model: SequenceModel,
  { metadata = {} }: SaveModelOptions = {},
): Promise<Uint8Array> {
  if (specKey in metadata)
    throw argumentError('metadata', `without the key '${specKey}', which holds the spec`, specKey);
  const { spec, variables } = tensorsOf(model);
  const tensors = new Map<string, Tensor>();
  for (const { name, variable } of variables) {
    tensors.set(name, { dtype: 'F32', shape: variable.shape, data: (await variable.data()) as Float32Array });
  }
  return writeSealedSafetensors({ tensors, metadata: { ...metadata, [specKey]: JSON.stringify(spec) } });
}
