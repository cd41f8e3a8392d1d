import { RetraceError } from '@retrace/errors';
import type { EncoderSpec, ModelSpec } from '@retrace/models';

/**
 * The spec of a model's encoder alone, whose weights have the same names.
 *
 * @throws `RETRACE_MODEL_KIND` for a `sequence` model, which has no encoder.
 */
export function encoderSpec(spec: ModelSpec): EncoderSpec {
  if (spec.kind === 'sequence') {
    throw new RetraceError(
      'RETRACE_MODEL_KIND',
      "A model of kind 'sequence' has no encoder to write. Use an autoencoder, such as `reconstruct`, or write the " +
        "whole model: `part: 'model'`.",
      { kind: spec.kind },
    );
  }
  const { format, version, timesteps, features, encoder } = spec;
  const bottleneck = 'bottleneck' in spec ? { bottleneck: spec.bottleneck } : {};
  return { format, version, kind: 'encoder', timesteps, features, encoder, ...bottleneck };
}
