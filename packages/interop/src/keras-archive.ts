import { strFromU8, unzip } from 'fflate';
import { importError } from './import-error.ts';

/** What is taken from a `.keras` file. */
export interface KerasArchive {
  /** The weights, as HDF5. */
  readonly weights: Uint8Array;
  /** The options of each layer by the layer's name. */
  readonly configs: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** The largest weights and config taken from an archive: 1 GiB, so that a small file cannot fill the memory. */
const maxSize = 2 ** 30;

/** Whether bytes begin as a zip file does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/**
 * Opens a `.keras` file.
 *
 * @throws `RETRACE_IMPORT` for a damaged archive, or one without `config.json` and `model.weights.h5`.
 */
export async function openKerasArchive(bytes: Uint8Array): Promise<KerasArchive> {
  const parts = await unpack(bytes);
  const weights = parts['model.weights.h5'];
  const config = parts['config.json'];
  if (!weights || !config) {
    throw importError(
      'The zip file lacks `config.json` or `model.weights.h5`: it is no `.keras` file of Keras 3.',
      {
        parts: Object.keys(parts),
      },
    );
  }
  try {
    return { weights, configs: layerConfigs(JSON.parse(strFromU8(config))) };
  } catch (cause) {
    throw importError('The `config.json` of the `.keras` file cannot be read.', {}, cause);
  }
}

function unpack(bytes: Uint8Array): Promise<Record<string, Uint8Array>> {
  return new Promise((resolve, reject) => {
    const wanted = ['config.json', 'model.weights.h5'];
    unzip(
      bytes,
      { filter: ({ name, originalSize }) => wanted.includes(name) && originalSize <= maxSize },
      (error, parts) => {
        if (error) reject(importError('The zip file is damaged and cannot be opened.', {}, error));
        else resolve(parts);
      },
    );
  });
}

interface KerasObject {
  readonly config?: { readonly name?: unknown; readonly layers?: unknown; readonly layer?: unknown };
}

/** Walks nested models and wrappers too. */
function layerConfigs(root: KerasObject): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const configs = new Map<string, Readonly<Record<string, unknown>>>();
  const walk = ({ config }: KerasObject): void => {
    if (!config) return;
    if (typeof config.name === 'string')
      configs.set(config.name, config as Readonly<Record<string, unknown>>);
    for (const layer of Array.isArray(config.layers) ? (config.layers as KerasObject[]) : []) walk(layer);
    if (config.layer) walk(config.layer as KerasObject);
  };
  walk(root);
  return configs;
}
