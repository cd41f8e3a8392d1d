import { activate, type LstmState } from '@retrace/ops';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { TrainingPass } from './architecture.ts';
import { denseLayer, denseWeights } from './dense-stack.ts';
import { lstmStack, lstmStackWeights } from './lstm-stack.ts';
import { named } from './named.ts';
import type { EncoderPart } from './spec.ts';
import type { TensorInput } from './tensor-model.ts';
import type { WeightSpec } from './weight-spec.ts';
import type { Weights } from './weights.ts';

type Layers = Pick<EncoderPart, 'encoder' | 'bottleneck'>;

/** The length of the latent vector. */
export function latentSize({ encoder, bottleneck }: Layers): number {
  return bottleneck?.units ?? encoder.at(-1)!.units;
}

/** The weights of an encoder. */
export function encoderWeights({
  features,
  encoder,
  bottleneck,
}: Layers & { readonly features: number }): readonly WeightSpec[] {
  return [
    ...lstmStackWeights('encoder', features, encoder),
    ...(bottleneck ? denseWeights('latent', encoder.at(-1)!.units, bottleneck.units) : []),
  ];
}

/** What an encoder makes of windows. */
export interface Encoded {
  /** `[batch, latentSize]` */
  readonly latent: Tensor2D;
  /** Each layer's state after the last step, before dropout. */
  readonly states: readonly LstmState[];
  readonly activations: Readonly<Record<string, Tensor>>;
}

/** Encodes windows; masked steps leave the state alone. */
export function encode(
  { encoder, bottleneck }: Layers,
  weights: Weights,
  { input, mask }: TensorInput,
  training?: TrainingPass,
): Encoded {
  const { outputs, states } = lstmStack('encoder', input, encoder, weights, {
    mask,
    stream: training?.stream,
    returnSequences: false,
  });
  const last = outputs.at(-1) as Tensor2D; // [batch, units]
  const latent = bottleneck ? activate(denseLayer('latent', last, weights), bottleneck.activation) : last; // [batch, latentSize]
  return { latent, states, activations: { ...named('encoder', outputs), latent } };
}
