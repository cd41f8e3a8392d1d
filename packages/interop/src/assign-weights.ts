import { tensor, tidy } from '@tensorflow/tfjs-core';
import { importError } from './import-error.ts';
import type { ImportedWeight } from './imported-weight.ts';
import type { LayerPair } from './match-layers.ts';
import type { SourceWeight } from './source-layer.ts';

/**
 * Gives the layers of a model the weights of their pairs. All are checked before one is changed.
 *
 * @throws `RETRACE_IMPORT` naming a weight that is missing, left over, of another shape or not finite.
 */
export function assignWeights(pairs: readonly LayerPair[]): ImportedWeight[] {
  const planned = pairs.flatMap(([layer, source]) => {
    const wanted = layer.weights.map(({ name }) => name.slice(layer.name.length + 1));
    const surplus = [...source.weights].find(([key]) => !wanted.includes(key));
    if (surplus) {
      throw importError(
        `The file holds '${surplus[1].path}', for which the layer '${layer.name}' has no use. Build the spec that the ` +
          'file was trained with.',
        { layer: layer.name, weight: surplus[1].path },
      );
    }
    return layer.weights.map(({ name, variable }, index) => {
      const weight = source.weights.get(wanted[index]!);
      if (!weight) {
        throw importError(`The layer '${source.name}' of the file has no ${wanted[index]} for '${name}'.`, {
          layer: source.name,
          weight: name,
        });
      }
      checkWeight(name, variable.shape, weight);
      return { name, variable, weight };
    });
  });
  tidy(() => {
    for (const { variable, weight } of planned)
      variable.assign(tensor(Float32Array.from(weight.data), variable.shape));
  });
  return planned.map(({ name, weight }) => ({ weight: name, from: weight.path }));
}

function checkWeight(name: string, expected: readonly number[], { path, shape, data }: SourceWeight): void {
  if (shape.join() !== expected.join()) {
    throw importError(
      `'${path}' must be of shape [${expected.join(', ')}] to become '${name}'. Received: [${shape.join(', ')}].`,
      { weight: name, path, expected, received: shape },
    );
  }
  const at = data.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (at !== -1) {
    throw importError(`'${path}' holds ${data[at]} at position ${at}, which is not finite in float32.`, {
      path,
      position: at,
    });
  }
}
