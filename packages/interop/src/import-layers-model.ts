import { argumentError, checkKeys } from '@retrace/errors';
import type { SequenceModel } from '@retrace/models';
import { assignWeights } from './assign-weights.ts';
import { checkConfigs } from './check-config.ts';
import { importError } from './import-error.ts';
import type { ImportOptions } from './import-keras.ts';
import type { ImportedWeight } from './imported-weight.ts';
import { matchLayers } from './match-layers.ts';
import { modelLayers } from './model-layers.ts';
import type { SourceLayer, SourceWeight } from './source-layer.ts';

/** The `model.json` of a tfjs-layers model, as far as it is read. */
export interface LayersModelJson {
  readonly modelTopology?: unknown;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly {
      readonly name: string;
      readonly shape: readonly number[];
      readonly dtype: string;
    }[];
  }[];
}

const keys: Readonly<Record<string, string>> = {
  kernel: 'kernel',
  recurrent_kernel: 'recurrentKernel',
  bias: 'bias',
};

/**
 * Gives a model the weights of a tfjs-layers model: its parsed `model.json` and the bytes of its weight files, joined
 * in the order of the manifest. All is checked before a weight is changed.
 *
 * tfjs-layers' default recurrent activation, its `hardSigmoid` of slope 0.2, is neither Keras's nor ours (slope 1/6):
 * a model with it is refused. Train it with `recurrentActivation: 'sigmoid'`.
 *
 * @returns Where each weight came from.
 * @throws `RETRACE_IMPORT` for a manifest or bytes that do not fit, quantized weights, and what `importKeras` throws.
 */
export function importLayersModel(
  model: SequenceModel,
  { json, weights }: { readonly json: LayersModelJson; readonly weights: Uint8Array },
  options: ImportOptions = {},
): ImportedWeight[] {
  checkKeys('options', options, ['layers']);
  if (!(weights instanceof Uint8Array))
    throw argumentError('weights', 'the Uint8Array of the weight files', weights);
  const own = modelLayers(model);
  const pairs = matchLayers(own, readLayers(json, weights), options.layers);
  const hard = pairs.find(([, { config }]) => config?.recurrent_activation === 'hard_sigmoid');
  if (hard) {
    throw importError(
      `The layer '${hard[1].name}' uses tfjs-layers' hardSigmoid of slope 0.2, which no other library has. Train it ` +
        "with `recurrentActivation: 'sigmoid'`.",
      { layer: hard[1].name },
    );
  }
  checkConfigs(pairs);
  return assignWeights(pairs);
}

function readLayers(json: LayersModelJson, bytes: Uint8Array): SourceLayer[] {
  if (!Array.isArray(json?.weightsManifest)) {
    throw importError('The JSON has no `weightsManifest`: it is no `model.json` of a tfjs-layers model.');
  }
  const configs = layerConfigs(json.modelTopology);
  const layers = new Map<string, Map<string, SourceWeight>>();
  let offset = 0;
  for (const { name, shape, dtype, ...rest } of (json as LayersModelJson).weightsManifest.flatMap(
    (group) => group.weights,
  )) {
    if (dtype !== 'float32' || 'quantization' in rest) {
      throw importError(`The weight '${name}' must be float32 and not quantized. Received: ${dtype}.`, {
        weight: name,
      });
    }
    const length = shape.reduce((product, n) => product * n, 1);
    if (offset + 4 * length > bytes.length) {
      throw importError(`The weight files end before '${name}': ${bytes.length} bytes.`, { weight: name });
    }
    const data = new Float32Array(bytes.slice(offset, offset + 4 * length).buffer);
    offset += 4 * length;
    const segments = name.split('/');
    // Weights that were converted from Keras begin with the name of the model.
    const layer = segments.find((segment) => configs.has(segment)) ?? segments[0]!;
    const key = segments.at(-1)!;
    const own = layers.get(layer) ?? new Map<string, SourceWeight>();
    own.set(keys[key] ?? key, { path: name, shape, data });
    layers.set(layer, own);
  }
  if (offset !== bytes.length) {
    throw importError(`The weight files hold ${bytes.length - offset} bytes more than the manifest lists.`, {
      expected: offset,
      received: bytes.length,
    });
  }
  return [...layers].map(([name, weights]) => {
    const config = configs.get(name);
    const kind = weights.has('recurrentKernel') ? 'lstm' : 'dense';
    return { name, kind, weights, ...(config && { config }) };
  });
}

/** The options of all layers by the layer's name. */
function layerConfigs(topology: unknown): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const { model_config: wrapped } = (topology ?? {}) as { model_config?: unknown };
  const { config } = (wrapped ?? topology ?? {}) as { config?: { layers?: unknown } | unknown[] };
  const layers = Array.isArray(config) ? config : config?.layers;
  const configs = (Array.isArray(layers) ? layers : []).map(
    (layer) => (layer as { config?: Record<string, unknown> }).config ?? {},
  );
  return new Map(configs.map((options) => [String(options.name), options]));
}
