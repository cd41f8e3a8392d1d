import type { Scalar, Tensor, Tensor2D, Tensor3D, Variable } from '@tensorflow/tfjs-core';
import type { SequenceModel } from './sequence-model.ts';

/** A weight under its name in the model file, such as `encoder/0/recurrentKernel`. */
export interface NamedVariable {
  readonly name: string;
  readonly variable: Variable;
}

export interface TensorInput {
  /** `[batch, timesteps, features]` */
  readonly input: Tensor3D;
  /** `[batch, timesteps]`, float32, 0 where a step is padding. */
  readonly mask?: Tensor2D;
}

export interface ForwardOptions {
  /** Applies dropout. */
  readonly training: boolean;
  /** The place in the dropout stream: masks are a function of (seed, step, layer, element). Default `{ seed: 0, step: 0 }`. */
  readonly random?: { readonly seed: number; readonly step: number };
}

export interface Forward {
  /** Each head's output by its name, `[batch, steps, features]`, in the order of its target in time. */
  readonly outputs: Readonly<Record<string, Tensor3D>>;
  /** Every layer's output by its name, such as `encoder/0` and `latent`. */
  readonly activations: Readonly<Record<string, Tensor>>;
}

/** One output of a model, and what it is trained towards. */
export interface Head {
  readonly name: string;
  /** The batch's input itself, or its target. */
  readonly target: 'input' | 'target';
  /** The weight of the head's loss in the sum. */
  readonly weight: number;
}

export type LossOfActivations = (state: Forward & { readonly input: Tensor3D }) => Scalar;

export interface AddedLoss {
  readonly name: string;
  readonly weight: number;
  readonly loss: LossOfActivations;
}

/** The same model, to those who speak tensors. Tensors it returns belong to the caller; wrap calls in `tidy`. */
export interface TensorModel extends SequenceModel {
  readonly heads: readonly Head[];
  readonly variables: readonly NamedVariable[];
  /** Losses besides the heads', added with `addLoss`. */
  readonly losses: readonly AddedLoss[];
  forward(input: TensorInput, options: ForwardOptions): Forward;
  /** The latent vectors, `[batch, latentSize]`. */
  encodeTensor(input: TensorInput): Tensor2D;
  /** Adds a loss computed from the model's own activations, as Keras's `add_loss`. `weight` defaults to 1. */
  addLoss(name: string, loss: LossOfActivations, options?: { readonly weight?: number }): void;
}
