import type { Architecture } from './architecture.ts';
import { decoderHead, decoderWeights } from './decoder.ts';
import { encode, encoderWeights } from './encoder.ts';
import { decodePrediction, predictionPlace } from './prediction-decoder.ts';
import { decodeReconstruction, reconstructionPlace } from './reconstruction-decoder.ts';
import type { CompositeSpec } from './spec.ts';

const places = (spec: CompositeSpec) => ({
  reconstruction: reconstructionPlace(spec, 'decoder/reconstruction'),
  prediction: predictionPlace(spec, 'decoder/prediction'),
});

/** The composite model of Srivastava et al. 2015, section 3.3, its two decoders of any lengths. */
export const compositeArchitecture: Architecture<CompositeSpec> = {
  weights: (spec) => {
    const { reconstruction, prediction } = places(spec);
    return [
      ...encoderWeights(spec),
      ...decoderWeights(spec.decoders.reconstruction, reconstruction),
      ...decoderWeights(spec.decoders.prediction, prediction),
    ];
  },

  heads: ({ decoders: { reconstruction, prediction } }) => [
    decoderHead(reconstruction, { name: 'reconstruction', target: 'input', weight: reconstruction.weight }),
    decoderHead(prediction, { name: 'prediction', target: 'target', weight: prediction.weight }),
  ],

  encode: (spec, weights, input) => encode(spec, weights, input).latent,

  forward: (spec, weights, input, training) => {
    const place = places(spec);
    const { reconstruction, prediction } = spec.decoders;
    const encoded = encode(spec, weights, input, training); // latent [batch, latentSize]
    const retraced = decodeReconstruction(
      reconstruction,
      place.reconstruction,
      weights,
      input,
      encoded,
      training,
    );
    const predicted = decodePrediction(spec, prediction, place.prediction, weights, input, encoded, training);
    return {
      outputs: {
        ...retraced.outputs, // reconstruction [batch, timesteps, features]
        ...predicted.outputs, // prediction [batch, horizon, features]
      },
      activations: { ...encoded.activations, ...retraced.activations, ...predicted.activations },
    };
  },
};
