import type { Tensor2D } from '@tensorflow/tfjs-core';
import { classifierArchitecture } from './classifier-network.ts';
import { compositeArchitecture } from './composite-network.ts';
import { encoderArchitecture } from './encoder-network.ts';
import { latentTargetArchitecture } from './latent-target-network.ts';
import { predictArchitecture } from './predict-network.ts';
import type { RandomStream } from './random-stream.ts';
import { reconstructArchitecture } from './reconstruct-network.ts';
import { sequenceArchitecture } from './sequence-network.ts';
import type { ModelSpec } from './spec.ts';
import type { AddedLoss, Forward, Head, TensorInput } from './tensor-model.ts';
import type { WeightSpec } from './weight-spec.ts';
import type { Weights } from './weights.ts';

/** What a forward pass has in training and not outside it. */
export interface TrainingPass {
  readonly stream: RandomStream;
  /** The chance of the truth in a conditional decoder, in [0, 1]. */
  readonly teacherForcing: number;
}

/** How models of one kind are built: a new kind is one of these, a spec and its builder. */
export interface Architecture<S extends ModelSpec> {
  readonly weights: (spec: S) => readonly WeightSpec[];
  readonly heads: (spec: S) => readonly Head[];
  /** The losses that the kind itself brings; absent where there are only heads. */
  readonly losses?: (spec: S) => readonly AddedLoss[];
  /** The activation that the model both makes and trains towards. */
  readonly ownTarget?: (spec: S) => string;
  /** The latent vectors; absent where the kind has none. */
  readonly encode?: (spec: S, weights: Weights, input: TensorInput) => Tensor2D;
  readonly forward: (spec: S, weights: Weights, input: TensorInput, training?: TrainingPass) => Forward;
}

const architectures: { readonly [K in ModelSpec['kind']]: Architecture<Extract<ModelSpec, { kind: K }>> } = {
  reconstruct: reconstructArchitecture,
  predict: predictArchitecture,
  composite: compositeArchitecture,
  latentTarget: latentTargetArchitecture,
  sequence: sequenceArchitecture,
  classifier: classifierArchitecture,
  encoder: encoderArchitecture,
};

/** The architecture of a spec's kind. */
export function architectureOf<S extends ModelSpec>(spec: S): Architecture<S> {
  return architectures[spec.kind] as unknown as Architecture<S>;
}

/** The weights of a spec, in the order of its forward pass. */
export function weightSpecs(spec: ModelSpec): readonly WeightSpec[] {
  return architectureOf(spec).weights(spec);
}
