import { argumentError, checkKeys } from '@retrace/errors';
import { type Tensor, writeSealedSafetensors } from '@retrace/safetensors';
import { addedLossesText } from './added-losses.ts';
import { lossesKey } from './loss-functions.ts';
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
 * on spec, weights, the names of added losses and metadata alone; the weights are those of the moment of the call, also while the model trains.
 *
 * @throws `RETRACE_DISPOSED` for a disposed model; `RETRACE_INVALID_ARGUMENT` for the metadata keys
 * `retrace.model` and `retrace.losses` or an option that is misspelt.
 */
export async function saveModel(model: SequenceModel, options: SaveModelOptions = {}): Promise<Uint8Array> {
  checkKeys('options', options, ['metadata']);
  const { metadata = {} } = options;
  const reserved = [specKey, lossesKey].find((key) => key in metadata);
  if (reserved !== undefined)
    throw argumentError(
      'metadata',
      `without the key '${reserved}', which holds a part of the model`,
      reserved,
    );
  const { spec, variables, addedLosses } = tensorsOf(model);
  // All reads begin before the first has ended, so that no training step comes between two weights.
  const entries = variables.map(async ({ name, variable }): Promise<[string, Tensor]> => {
    const data = (await variable.data()) as Float32Array;
    return [name, { dtype: 'F32', shape: variable.shape, data }];
  });
  const tensors = new Map(await Promise.all(entries));
  const losses = addedLossesText(addedLosses);
  return writeSealedSafetensors({
    tensors,
    metadata: { ...metadata, [specKey]: JSON.stringify(spec), ...(losses && { [lossesKey]: losses }) },
  });
}
