import type { Architecture } from './architecture.ts';
import { encode, encoderWeights } from './encoder.ts';
import type { EncoderSpec } from './spec.ts';

export const encoderArchitecture: Architecture<EncoderSpec> = {
  weights: encoderWeights,

  heads: () => [],

  encode: (spec, weights, input) => encode(spec, weights, input).latent,

  forward: (spec, weights, input, training) => {
    const { latent, activations } = encode(spec, weights, input, training); // [batch, latentSize]
    return { outputs: { latent }, activations };
  },
};
