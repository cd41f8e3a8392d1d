import { dense, repeated } from '@retrace/ops';
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Architecture } from './architecture.ts';
import { lstmStack, lstmStackWeights } from './lstm-stack.ts';
import type { ReconstructSpec } from './spec.ts';

export const reconstructArchitecture: Architecture<ReconstructSpec> = {
  weights: ({ features, encoder, decoder }) => [
    ...lstmStackWeights('encoder', features, encoder),
    ...lstmStackWeights('decoder', encoder.at(-1)!.units, decoder),
    { name: 'reconstruction/kernel', shape: [decoder.at(-1)!.units, features], initializer: 'glorotUniform' },
    { name: 'reconstruction/bias', shape: [features], initializer: 'zeros' },
  ],

  heads: () => [{ name: 'reconstruction', target: 'input', weight: 1 }],

  encode: (spec, weights, { input, mask }) =>
    lstmStack('encoder', input, spec.encoder, weights, { mask, returnSequences: false }).at(-1)!,

  forward: (spec, weights, { input, mask }, dropoutStream) => {
    const encoded = lstmStack('encoder', input, spec.encoder, weights, {
      mask,
      dropoutStream,
      returnSequences: false,
    });
    const latent = encoded.at(-1) as Tensor2D; // [batch, latentSize]
    const decoded = lstmStack('decoder', repeated(latent, spec.timesteps), spec.decoder, weights, {
      dropoutStream,
      returnSequences: true,
    });
    const reconstruction = dense(
      decoded.at(-1) as Tensor3D, // [batch, timesteps, units]
      weights<Tensor2D>('reconstruction/kernel'),
      weights<Tensor1D>('reconstruction/bias'),
    ); // [batch, timesteps, features]
    return {
      outputs: { reconstruction },
      activations: {
        ...Object.fromEntries(encoded.map((output, index) => [`encoder/${index}`, output])),
        latent,
        ...Object.fromEntries(decoded.map((output, index) => [`decoder/${index}`, output])),
        reconstruction,
      },
    };
  },
};
