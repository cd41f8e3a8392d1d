import { checkKeys } from '@retrace/errors';
import { type DecoderOptions, decoderOptionNames, decoderSpec } from './decoder-options.ts';
import { encoderPart } from './encoder-options.ts';
import { parseSpecOfKind } from './parse-spec.ts';
import type { ReconstructSpec } from './spec.ts';

export interface ReconstructOptions extends DecoderOptions {
  /** Whether the decoder works from the last step to the first (Srivastava et al. 2015). Default false. */
  readonly reversed?: boolean;
}

/**
 * Describes an LSTM autoencoder: a stacked encoder reads `[batch, timesteps, features]`, a stacked decoder is started
 * from its last state, and a linear layer turns each step into `features` numbers again (Srivastava et al. 2015,
 * section 3.1; by default, in Keras, `LSTM → RepeatVector → LSTM(return_sequences) → TimeDistributed(Dense)`).
 *
 * Activations and dropout given as arrays count the encoder's layers and are mirrored in the decoder. Masked steps
 * move neither the encoder's state nor the decoder's: a padded window is retraced as the shorter one would be.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for unknown or missing options; `RETRACE_MODEL_SPEC` for values out of range,
 * and for a 'state' bridge around a bottleneck or between layers of different widths.
 */
export function reconstruct(options: ReconstructOptions): ReconstructSpec {
  checkKeys('options', options, [...decoderOptionNames, 'reversed']);
  const part = encoderPart(options);
  const { reversed = false } = options;
  const decoder = { ...decoderSpec(options, part.encoder), reversed };
  return parseSpecOfKind({ ...part, kind: 'reconstruct', decoder });
}
