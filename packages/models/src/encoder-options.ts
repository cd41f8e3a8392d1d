import { argumentError, checkKeys } from '@retrace/errors';
import { type LayerOptions, layerSpecs } from './layer-options.ts';
import type { Activation, DenseLayerSpec, EncoderPart } from './spec.ts';

export interface EncoderOptions extends LayerOptions {
  /** The length of a window. */
  readonly timesteps: number;
  readonly features: number;
  /** A dense layer that makes the latent vector of the last layer's state. Default: that state is the latent vector. */
  readonly bottleneck?: DenseOptions;
}

export interface DenseOptions {
  readonly units: number;
  /** Default 'linear'. */
  readonly activation?: Activation;
}

/** The names of {@link EncoderOptions}. */
export const encoderOptionNames: readonly (keyof EncoderOptions)[] = [
  'timesteps',
  'features',
  'units',
  'activation',
  'recurrentActivation',
  'dropout',
  'bottleneck',
];

/** The part of a spec that describes the encoder. */
export function encoderPart(options: EncoderOptions): EncoderPart {
  const { timesteps, features, bottleneck } = options;
  return {
    format: 'retrace-model',
    version: 1,
    timesteps,
    features,
    encoder: layerSpecs(options),
    ...(bottleneck !== undefined && { bottleneck: denseSpec('bottleneck', bottleneck) }),
  };
}

/** Fills in what a dense layer's options leave out. */
function denseSpec(argument: string, options: DenseOptions): DenseLayerSpec {
  checkKeys(argument, options, ['units', 'activation']);
  const { units, activation = 'linear' } = options;
  return { units, activation };
}

/** Spreads the options of dense layers, given in full or by their units. */
export function denseSpecs(argument: string, layers: readonly (number | DenseOptions)[]): DenseLayerSpec[] {
  if (!Array.isArray(layers)) {
    throw argumentError(argument, 'an array with the units, or units and activation, of each layer', layers);
  }
  return layers.map((layer, index) =>
    denseSpec(`${argument}[${index}]`, typeof layer === 'number' ? { units: layer } : layer),
  );
}
