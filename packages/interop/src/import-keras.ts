import { argumentError, checkKeys } from '@retrace/errors';
import type { SequenceModel } from '@retrace/models';
import { assignWeights } from './assign-weights.ts';
import { checkConfigs } from './check-config.ts';
import { importError } from './import-error.ts';
import type { ImportedWeight } from './imported-weight.ts';
import { isZip, openKerasArchive } from './keras-archive.ts';
import { isHdf5, readKerasH5 } from './keras-h5.ts';
import type { LayerNames } from './layer-names.ts';
import { matchLayers } from './match-layers.ts';
import { modelLayers } from './model-layers.ts';
import type { SourceLayer } from './source-layer.ts';

export interface ImportOptions {
  /** Names the file's layer for each layer of the model. Default: LSTM with LSTM, dense with dense, in order. */
  readonly layers?: LayerNames;
}

/**
 * Gives a model the weights of a Keras 3 model: the bytes of a `.keras` file, whose layers' activations are checked
 * too, or of a `.weights.h5` file. Gates are i, f, c, o in both. All is checked before a weight is changed.
 *
 * Reading HDF5 needs the optional peer `h5wasm`.
 *
 * @returns Where each weight came from.
 * @throws `RETRACE_IMPORT` for a file that is none, layers that do not pair, weights that are missing, left over, of
 * another shape or not finite, options unlike the spec's, or h5wasm not installed; `RETRACE_INVALID_ARGUMENT`;
 * `RETRACE_DISPOSED`.
 */
export async function importKeras(
  model: SequenceModel,
  bytes: Uint8Array,
  options: ImportOptions = {},
): Promise<ImportedWeight[]> {
  checkKeys('options', options, ['layers']);
  if (!(bytes instanceof Uint8Array)) throw argumentError('bytes', 'the Uint8Array of a file', bytes);
  const own = modelLayers(model);
  const pairs = matchLayers(own, await readLayers(bytes), options.layers);
  checkConfigs(pairs);
  return assignWeights(pairs);
}

async function readLayers(bytes: Uint8Array): Promise<SourceLayer[]> {
  if (isHdf5(bytes)) return readKerasH5(bytes);
  if (!isZip(bytes)) {
    throw importError(
      'The file is neither a `.keras` file (zip) nor a `.weights.h5` file (HDF5) of Keras 3.',
    );
  }
  const { weights, configs } = await openKerasArchive(bytes);
  if (!isHdf5(weights)) throw importError('`model.weights.h5` in the `.keras` file is no HDF5 file.');
  const layers = await readKerasH5(weights);
  return layers.map((layer) => {
    const config = configs.get(layer.name);
    return config ? { ...layer, config } : layer;
  });
}
