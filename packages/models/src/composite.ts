import { checkKeys } from '@retrace/errors';
import { decoderOptionNames, decoderSpec } from './decoder-options.ts';
import { encoderPart } from './encoder-options.ts';
import { parseSpecOfKind } from './parse-spec.ts';
import { type PredictOptions, predictedRowNames } from './predict.ts';
import type { ReconstructOptions } from './reconstruct.ts';
import type { CompositeSpec } from './spec.ts';

export interface CompositeOptions extends ReconstructOptions, PredictOptions {
  /** The weight of each head's loss. Default 1 each. */
  readonly weights?: { readonly reconstruction?: number; readonly prediction?: number };
}

/**
 * Describes a composite model: one encoder, a decoder that reconstructs the window and one that predicts other rows,
 * trained together (Srivastava et al. 2015, section 3.3). The decoders may differ in length; options for decoders
 * hold for both but for `reversed`, which is the reconstruction's.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for unknown or missing options; `RETRACE_MODEL_SPEC` for values out of range,
 * and for a 'state' bridge around a bottleneck or between layers of different widths.
 */
export function composite(options: CompositeOptions): CompositeSpec {
  checkKeys('options', options, [...decoderOptionNames, ...predictedRowNames, 'reversed', 'weights']);
  const part = encoderPart(options);
  const { horizon, shift = 0, reversed = false, weights = {} } = options;
  checkKeys('weights', weights, ['reconstruction', 'prediction']);
  const decoder = decoderSpec(options, part.encoder);
  const decoders = {
    reconstruction: { ...decoder, reversed, weight: weights.reconstruction ?? 1 },
    prediction: { ...decoder, weight: weights.prediction ?? 1 },
  };
  return parseSpecOfKind({ ...part, kind: 'composite', horizon, shift, decoders });
}
