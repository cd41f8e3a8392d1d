import { argumentError } from '@retrace/errors';
import { type EncoderOptions, encoderOptionNames } from './encoder-options.ts';
import type { DecoderSpec, LstmLayerSpec } from './spec.ts';

export interface DecoderOptions extends EncoderOptions {
  /** The widths of the decoder's layers. Default: the encoder's, mirrored. */
  readonly decoderUnits?: readonly number[];
  /**
   * How the decoder learns of the window: by the latent vector, repeated at every step, or by the encoder's final
   * states, copied into the mirrored layers of the decoder. Default 'repeat'.
   */
  readonly bridge?: 'repeat' | 'state';
  /**
   * Whether each step of the decoder also reads the output of the step before: the true one in training (see
   * `teacherForcing` of `fit`), its own otherwise. Default false.
   */
  readonly conditional?: boolean;
  /**
   * Whether the decoder also says how sure it is: the logarithm of the variance of each number it puts out, as a second
   * output, `reconstruction/logVariance` or `prediction/logVariance`. The loss 'gaussian' of `fit` trains it. Default false.
   */
  readonly variance?: boolean;
}

/** The names of {@link DecoderOptions}. */
export const decoderOptionNames: readonly (keyof DecoderOptions)[] = [
  ...encoderOptionNames,
  'decoderUnits',
  'bridge',
  'conditional',
  'variance',
];

/** The spec of a decoder for an encoder. */
export function decoderSpec(
  { decoderUnits, bridge = 'repeat', conditional = false, variance = false }: DecoderOptions,
  encoder: readonly LstmLayerSpec[],
): DecoderSpec {
  const mirrored = encoder.toReversed();
  if (decoderUnits !== undefined && !Array.isArray(decoderUnits)) {
    throw argumentError('decoderUnits', 'an array with the width of each decoder layer', decoderUnits);
  }
  const layers = decoderUnits?.map((units, index) => ({ ...(mirrored[index] ?? mirrored.at(-1)!), units }));
  return { layers: layers ?? mirrored, bridge, conditional, ...(variance && { variance }) };
}
