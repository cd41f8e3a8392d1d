import type { Architecture } from './architecture.ts';
import { decoderHead, decoderWeights } from './decoder.ts';
import { encode, encoderWeights } from './encoder.ts';
import { decodePrediction, predictionPlace } from './prediction-decoder.ts';
import type { PredictSpec } from './spec.ts';

const place = (spec: PredictSpec) => predictionPlace(spec, 'decoder');

export const predictArchitecture: Architecture<PredictSpec> = {
  weights: (spec) => [...encoderWeights(spec), ...decoderWeights(spec.decoder, place(spec))],

  heads: ({ decoder }) => [decoderHead(decoder, { name: 'prediction', target: 'target', weight: 1 })],

  encode: (spec, weights, input) => encode(spec, weights, input).latent,

  forward: (spec, weights, input, training) => {
    const encoded = encode(spec, weights, input, training); // latent [batch, latentSize]
    const decoded = decodePrediction(spec, spec.decoder, place(spec), weights, input, encoded, training);
    return {
      outputs: decoded.outputs, // prediction [batch, horizon, features]
      activations: { ...encoded.activations, ...decoded.activations },
    };
  },
};
