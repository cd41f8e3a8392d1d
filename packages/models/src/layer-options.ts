import { argumentError } from '@retrace/errors';
import type { Activation, LstmLayerSpec } from './spec.ts';

export interface LayerOptions {
  /** The widths of the encoder's LSTM layers; the last is the latent size. */
  readonly units: readonly number[];
  /** One for all layers, or one a layer. Default 'tanh'. */
  readonly activation?: Activation | readonly Activation[];
  /** One for all layers, or one a layer. Default 'sigmoid'. */
  readonly recurrentActivation?: Activation | readonly Activation[];
  /** The share of each layer's outputs dropped in training; one for all layers, or one a layer. Default 0. */
  readonly dropout?: number | readonly number[];
}

/** Spreads options that hold for all layers over the layers. */
export function layerSpecs(options: LayerOptions): LstmLayerSpec[] {
  const { units, activation = 'tanh', recurrentActivation = 'sigmoid', dropout = 0 } = options;
  if (!Array.isArray(units) || units.length === 0) {
    throw argumentError(
      'units',
      'an array with the width of each encoder layer',
      units,
      'One layer of 64: `units: [64]`.',
    );
  }
  const activations = perLayer('activation', activation, units.length);
  const recurrentActivations = perLayer('recurrentActivation', recurrentActivation, units.length);
  const dropouts = perLayer('dropout', dropout, units.length);
  return units.map((width, index) => ({
    units: width,
    activation: activations[index]!,
    recurrentActivation: recurrentActivations[index]!,
    dropout: dropouts[index]!,
  }));
}

function perLayer<T extends string | number>(
  name: string,
  value: T | readonly T[],
  layers: number,
): readonly T[] {
  if (typeof value !== 'object' || value === null) return Array.from({ length: layers }, () => value);
  if (value.length === layers) return value;
  throw argumentError(name, `one value, or an array of ${layers}, one for each entry of \`units\``, value);
}
