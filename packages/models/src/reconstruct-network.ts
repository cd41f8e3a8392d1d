import type { Architecture } from './architecture.ts';
import { decoderHead, decoderWeights } from './decoder.ts';
import { encode, encoderWeights } from './encoder.ts';
import { decodeReconstruction, reconstructionPlace } from './reconstruction-decoder.ts';
import type { ReconstructSpec } from './spec.ts';

const place = (spec: ReconstructSpec) => reconstructionPlace(spec, 'decoder');

export const reconstructArchitecture: Architecture<ReconstructSpec> = {
  weights: (spec) => [...encoderWeights(spec), ...decoderWeights(spec.decoder, place(spec))],

  heads: ({ decoder }) => [decoderHead(decoder, { name: 'reconstruction', target: 'input', weight: 1 })],

  encode: (spec, weights, input) => encode(spec, weights, input).latent,

  forward: (spec, weights, input, training) => {
    const encoded = encode(spec, weights, input, training); // latent [batch, latentSize]
    const decoded = decodeReconstruction(spec.decoder, place(spec), weights, input, encoded, training);
    return {
      outputs: decoded.outputs, // reconstruction [batch, timesteps, features]
      activations: { ...encoded.activations, ...decoded.activations },
    };
  },
};
