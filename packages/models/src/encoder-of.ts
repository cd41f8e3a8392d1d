import { argumentError, RetraceError } from '@retrace/errors';
import { createModel } from './create-model.ts';
import { parseSpecOfKind } from './parse-spec.ts';
import type { SequenceModel } from './sequence-model.ts';

/**
 * Takes the encoder out of a model: a model of kind 'encoder' with copies of its weights, to be used, saved and loaded
 * by itself. Its output is `latent`, `[batch, latentSize]`.
 *
 * @throws `RETRACE_MODEL_KIND` for a `sequence` model, which has no encoder; `RETRACE_DISPOSED` for a disposed model.
 */
export function encoderOf(model: SequenceModel): SequenceModel {
  if (typeof model?.encode !== 'function') {
    throw argumentError('model', 'a model from `createModel` or `loadModel`', model);
  }
  const { spec } = model;
  if (!('encoder' in spec)) {
    throw new RetraceError(
      'RETRACE_MODEL_KIND',
      `A model of kind '${spec.kind}' has no encoder to take out. Use an autoencoder, such as \`reconstruct\`.`,
      { kind: spec.kind },
    );
  }
  const { format, version, timesteps, features, encoder } = spec;
  const bottleneck = 'bottleneck' in spec ? { bottleneck: spec.bottleneck } : {};
  const own = { format, version, kind: 'encoder' as const, timesteps, features, encoder, ...bottleneck };
  return createModel(parseSpecOfKind(own), { encoderFrom: model });
}
