import { meanAbsoluteError, meanSquaredError, stopGradient } from '@retrace/ops';
import { reshape, slice, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Architecture } from './architecture.ts';
import { denseLayer, denseStack, denseStackWeights, denseWeights } from './dense-stack.ts';
import { encode, encoderWeights, latentSize } from './encoder.ts';
import { named } from './named.ts';
import type { LatentTargetSpec } from './spec.ts';

/** The LSTM layer whose output is the target; `latent` is another name for the last. */
function targetLayer({ encoder, target }: LatentTargetSpec): number {
  return target === 'latent' ? encoder.length - 1 : Number(target.slice('encoder/'.length));
}

export const latentTargetArchitecture: Architecture<LatentTargetSpec> = {
  weights: (spec) => {
    const { encoder, dense } = spec;
    const latent = latentSize(spec);
    return [
      ...encoderWeights(spec),
      ...denseStackWeights('dense', latent, dense),
      ...denseWeights('output', dense.at(-1)?.units ?? latent, encoder[targetLayer(spec)]!.units),
    ];
  },

  heads: () => [],

  ownTarget: () => 'target',

  losses: ({ loss }) => [
    {
      name: 'latentTarget',
      weight: 1,
      loss: ({ outputs: { output, target } }) =>
        loss === 'mse' ? meanSquaredError(output!, target!) : meanAbsoluteError(output!, target!),
    },
  ],

  encode: (spec, weights, input) => encode(spec, weights, input).latent,

  forward: (spec, weights, input, training) => {
    const { latent, activations } = encode(spec, weights, input, training); // [batch, latentSize]
    const hidden = denseStack('dense', latent, spec.dense, weights); // each [batch, units]
    const output = denseLayer('output', hidden.at(-1) ?? latent, weights); // [batch, width]
    const own = lastStep(activations[`encoder/${targetLayer(spec)}`]!); // [batch, width]
    const target = spec.stopGradient ? stopGradient(own) : own;
    return {
      outputs: { output, target },
      activations: { ...activations, ...named('dense', hidden), output, target },
    };
  },
};

/** Of a sequence, its last step; masked steps repeat the one before, so that it is the last that counts. */
function lastStep(x: Tensor): Tensor2D {
  if (x.rank === 2) return x as Tensor2D;
  const [batchSize, timesteps, units] = x.shape as [number, number, number];
  return reshape(slice(x, [0, timesteps - 1, 0], [batchSize, 1, units]), [batchSize, units]);
}
