import { argumentError } from '@retrace/errors';
import { importError } from './import-error.ts';
import type { LayerNames } from './layer-names.ts';
import type { ModelLayer } from './model-layers.ts';
import type { SourceLayer } from './source-layer.ts';

export type LayerPair = readonly [ModelLayer, SourceLayer];

/**
 * Pairs the layers of a model with those of a file: by name where names are given, else LSTM layers with LSTM layers
 * and dense with dense, in order.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for names of layers that do not exist; `RETRACE_IMPORT` where the numbers of
 * layers differ, or where a composite model leaves it open which decoder is which.
 */
export function matchLayers(
  model: readonly ModelLayer[],
  file: readonly SourceLayer[],
  names: LayerNames | undefined,
): LayerPair[] {
  return names === undefined ? matchByOrder(model, file) : matchByName(model, file, names);
}

function matchByName(
  model: readonly ModelLayer[],
  file: readonly SourceLayer[],
  names: LayerNames,
): LayerPair[] {
  const wrong = Object.keys(names).find((name) => !model.some((layer) => layer.name === name));
  if (wrong !== undefined)
    throw argumentError('layers', `the model’s layers (${list(model)}) as keys`, wrong);
  const pairs = model.map((layer): LayerPair => {
    const wanted = names[layer.name];
    if (wanted === undefined) throw argumentError('layers', `a name for each layer (${list(model)})`, names);
    const found = file.filter(({ name }) => name === wanted);
    if (found.length !== 1) {
      throw argumentError(
        `layers['${layer.name}']`,
        `the name of one layer of the file (${list(file)})`,
        wanted,
      );
    }
    return [layer, found[0]!];
  });
  const twice = pairs.find(([, source], index) => pairs.findIndex(([, other]) => other === source) < index);
  if (twice)
    throw argumentError('layers', 'another layer of the file for each layer of the model', twice[1].name);
  return pairs;
}

function matchByOrder(model: readonly ModelLayer[], file: readonly SourceLayer[]): LayerPair[] {
  for (const kind of ['lstm', 'dense'] as const) {
    const [own, theirs] = [model, file].map((layers) => layers.filter((layer) => layer.kind === kind));
    if (own!.length !== theirs!.length) {
      throw importError(
        `The model has ${own!.length} ${kind} layers (${list(own!)}), the file ${theirs!.length} (${list(theirs!)}). ` +
          'Build the spec that the file was trained with, or pair the layers by `layers`.',
        { kind, model: own!.map(({ name }) => name), file: theirs!.map(({ name }) => name) },
      );
    }
  }
  if (model.some(({ name }) => name.startsWith('decoder/prediction/'))) {
    throw importError(
      'A composite model has two decoders, and the file does not tell which is which. Name its layers: ' +
        `\`layers: { ${model.map(({ name }) => `'${name}': …`).join(', ')} }\`, of ${list(file)}.`,
      { file: file.map(({ name }) => name) },
    );
  }
  const next = {
    lstm: file.filter(({ kind }) => kind === 'lstm'),
    dense: file.filter(({ kind }) => kind === 'dense'),
  };
  return model.map((layer) => [layer, next[layer.kind].shift()!]);
}

function list(layers: readonly { readonly name: string }[]): string {
  return layers.map(({ name }) => name).join(', ') || 'none';
}
