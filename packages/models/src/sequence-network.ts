import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { Architecture } from './architecture.ts';
import { denseLayer, denseWeights } from './dense-stack.ts';
import { lstmStack, lstmStackWeights } from './lstm-stack.ts';
import { named } from './named.ts';
import type { SequenceSpec } from './spec.ts';

export const sequenceArchitecture: Architecture<SequenceSpec> = {
  weights: ({ features, layers }) => [
    ...lstmStackWeights('layer', features, layers),
    ...denseWeights('reconstruction', layers.at(-1)!.units, features),
  ],

  heads: () => [{ name: 'reconstruction', target: 'input', weight: 1 }],

  forward: ({ layers }, weights, { input, mask }, training) => {
    const options = { mask, returnSequences: true, stream: training?.stream };
    const { outputs } = lstmStack('layer', input, layers, weights, options); // each [batch, timesteps, units]
    const reconstruction = denseLayer('reconstruction', outputs.at(-1) as Tensor3D, weights); // [batch, timesteps, features]
    return { outputs: { reconstruction }, activations: { ...named('layer', outputs), reconstruction } };
  },
};
