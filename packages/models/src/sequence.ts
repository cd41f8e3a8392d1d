import { checkKeys } from '@retrace/errors';
import { encoderOptionNames } from './encoder-options.ts';
import { type LayerOptions, layerSpecs } from './layer-options.ts';
import { parseSpecOfKind } from './parse-spec.ts';
import type { SequenceSpec } from './spec.ts';

export interface SequenceOptions extends LayerOptions {
  /** The length of a window. */
  readonly timesteps: number;
  readonly features: number;
}

/**
 * Describes a plain stack of LSTM layers that all return sequences, with a linear layer over time. It retraces its
 * input without a bottleneck, for comparison with an autoencoder of the same layers; it has no latent vector.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for unknown or missing options; `RETRACE_MODEL_SPEC` for values out of range.
 */
export function sequence(options: SequenceOptions): SequenceSpec {
  checkKeys(
    'options',
    options,
    encoderOptionNames.filter((name) => name !== 'bottleneck'),
  );
  const { timesteps, features } = options;
  return parseSpecOfKind({
    format: 'retrace-model',
    version: 1,
    kind: 'sequence',
    timesteps,
    features,
    layers: layerSpecs(options),
  });
}
