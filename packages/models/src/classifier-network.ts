import { softmax } from '@tensorflow/tfjs-core';
import type { Architecture } from './architecture.ts';
import { denseLayer, denseStack, denseStackWeights, denseWeights } from './dense-stack.ts';
import { encode, encoderWeights, latentSize } from './encoder.ts';
import { named } from './named.ts';
import type { ClassifierSpec } from './spec.ts';

export const classifierArchitecture: Architecture<ClassifierSpec> = {
  weights: (spec) => {
    const { dense, classes, frozen } = spec;
    const latent = latentSize(spec);
    return [
      ...encoderWeights(spec).map((weight) => (frozen ? { ...weight, trainable: false } : weight)),
      ...denseStackWeights('dense', latent, dense),
      ...denseWeights('classes', dense.at(-1)?.units ?? latent, classes),
    ];
  },

  heads: () => [{ name: 'probabilities', target: 'label', weight: 1 }],

  encode: (spec, weights, input) => encode(spec, weights, input).latent,

  forward: (spec, weights, input, training) => {
    const encoded = encode(spec, weights, input, training); // latent [batch, latentSize]
    const hidden = denseStack('dense', encoded.latent, spec.dense, weights); // each [batch, units]
    const logits = denseLayer('classes', hidden.at(-1) ?? encoded.latent, weights); // [batch, classes]
    const probabilities = softmax(logits); // [batch, classes]
    return {
      outputs: { probabilities },
      activations: { ...encoded.activations, ...named('dense', hidden), logits, probabilities },
    };
  },
};
