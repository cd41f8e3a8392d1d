import { argumentError, checkKeys } from '@retrace/errors';
import { type LayerOptions, layerSpecs } from './layer-options.ts';
import { parseSpec } from './parse-spec.ts';
import type { ReconstructSpec } from './spec.ts';

export interface ReconstructOptions extends LayerOptions {
  readonly timesteps: number;
  readonly features: number;
  /** The widths of the decoder's layers. Default: the encoder's, mirrored. */
  readonly decoderUnits?: readonly number[];
}

/**
 * Describes an LSTM autoencoder: a stacked encoder reads `[batch, timesteps, features]`, its last state is repeated
 * at every step, a stacked decoder reads that, and a linear layer turns each step into `features` numbers again
 * (the unconditional reconstruction model of Srivastava et al. 2015, its target in forward order; in Keras
 * `LSTM → RepeatVector → LSTM(return_sequences) → TimeDistributed(Dense)`).
 *
 * Activations and dropout given as arrays count the encoder's layers and are mirrored in the decoder.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for unknown or missing options; `RETRACE_MODEL_SPEC` for values out of range.
 */
export function reconstruct(options: ReconstructOptions): ReconstructSpec {
  checkKeys('options', options, [
    'timesteps',
    'features',
    'units',
    'decoderUnits',
    'activation',
    'recurrentActivation',
    'dropout',
  ]);
  const encoder = layerSpecs(options);
  const mirrored = encoder.toReversed();
  const { decoderUnits } = options;
  if (decoderUnits !== undefined && !Array.isArray(decoderUnits))
    throw argumentError('decoderUnits', 'an array with the width of each decoder layer', decoderUnits);
  const decoder = decoderUnits?.map((units, index) => ({
    ...(mirrored[index] ?? mirrored.at(-1)!),
    units,
  }));
  return parseSpec({
    format: 'retrace-model',
    version: 1,
    kind: 'reconstruct',
    timesteps: options.timesteps,
    features: options.features,
    encoder,
    decoder: decoder ?? mirrored,
  });
}
