import type { Tensor } from '@tensorflow/tfjs-core';
import type { DropoutStream } from './dropout.ts';
import { reconstructArchitecture } from './reconstruct-network.ts';
import type { ModelSpec } from './spec.ts';
import type { Forward, Head, TensorInput } from './tensor-model.ts';
import type { WeightSpec } from './weight-spec.ts';
import type { Weights } from './weights.ts';

/** How models of one kind are built: a new kind is one of these and a spec. */
export interface Architecture<S extends ModelSpec> {
  readonly weights: (spec: S) => readonly WeightSpec[];
  readonly heads: (spec: S) => readonly Head[];
  readonly encode: (spec: S, weights: Weights, input: TensorInput) => Tensor;
  readonly forward: (spec: S, weights: Weights, input: TensorInput, dropout?: DropoutStream) => Forward;
}

const architectures: { readonly [K in ModelSpec['kind']]: Architecture<Extract<ModelSpec, { kind: K }>> } = {
  reconstruct: reconstructArchitecture,
};

/** The architecture of a spec's kind. */
export function architectureOf<S extends ModelSpec>(spec: S): Architecture<S> {
  return architectures[spec.kind] as Architecture<S>;
}

/** The weights of a spec, in the order of its forward pass. */
export function weightSpecs(spec: ModelSpec): readonly WeightSpec[] {
  return architectureOf(spec).weights(spec);
}
