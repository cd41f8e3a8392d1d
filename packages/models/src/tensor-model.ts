import type { Scalar, Tensor, Tensor2D, Tensor3D, Variable } from '@tensorflow/tfjs-core';
import type { SequenceModel } from './sequence-model.ts';

/** A weight under its name in the model file, such as `encoder/0/recurrentKernel`. */
export interface NamedVariable {
  readonly name: string;
  /** Not trainable where the spec freezes it. */
  readonly variable: Variable;
}

export interface TensorInput {
  /** `[batch, timesteps, features]` */
  readonly input: Tensor3D;
  /** `[batch, timesteps]`, float32, 0 where a step is padding. */
  readonly mask?: Tensor2D;
  /** `[batch, horizon, features]`, what a conditional prediction decoder is taught with; of use in training only. */
  readonly target?: Tensor3D;
  /** `[batch, horizon]`, float32, 0 where a step of the target is padding. */
  readonly targetMask?: Tensor2D;
}

export interface ForwardOptions {
  /** Applies dropout, and teaches conditional decoders. */
  readonly training: boolean;
  /**
   * The place in the random stream: dropout masks and sampled steps are a function of (seed, step, layer, element).
   * Default `{ seed: 0, step: 0 }`.
   */
  readonly random?: { readonly seed: number; readonly step: number };
  /**
   * The chance, for each window and step of a conditional decoder in training, of reading the true value of the step
   * before instead of the decoder's own (scheduled sampling, Bengio et al. 2015). Default 1.
   */
  readonly teacherForcing?: number;
}

export interface Forward {
  /** Each output by its name; a head's is `[batch, steps, features]`, or `[batch, classes]` where the target is a label, in the order of its target in time. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Every layer's output by its name, such as `encoder/0` and `latent`. */
  readonly activations: Readonly<Record<string, Tensor>>;
}

/** One output of a model, and what it is trained towards. */
export interface Head {
  readonly name: string;
  /** The batch's input itself, its target, or the class in its label: then the loss is the cross-entropy of the activation `logits`. */
  readonly target: 'input' | 'target' | 'label';
  /** The weight of the head's loss in the sum. */
  readonly weight: number;
  /** The output that holds the logarithm of the variance of each number; absent where the model does not put it out. */
  readonly logVariance?: string;
}

/** What an added loss may be computed from. */
export interface LossState extends TensorInput, Forward {
  /** The model's weights by name, such as `encoder/0/kernel`. */
  readonly weights: Readonly<Record<string, Variable>>;
}

export type LossOfActivations = (state: LossState) => Scalar;

export interface AddedLoss {
  readonly name: string;
  readonly weight: number;
  readonly loss: LossOfActivations;
}

/** The same model, to those who speak tensors. Tensors it returns belong to the caller; wrap calls in `tidy`. */
export interface TensorModel extends SequenceModel {
  readonly heads: readonly Head[];
  readonly variables: readonly NamedVariable[];
  /** Losses besides the heads': those of the kind itself, then those added with `addLoss`. */
  readonly losses: readonly AddedLoss[];
  /** Those added with `addLoss` alone. */
  readonly addedLosses: readonly AddedLoss[];
  /** The activation that the model both makes and trains towards, which training may collapse; absent in other kinds. */
  readonly ownTarget?: string;
  forward(input: TensorInput, options: ForwardOptions): Forward;
  /** The latent vectors, `[batch, latentSize]`. */
  encodeTensor(input: TensorInput): Tensor2D;
  /**
   * Adds a loss computed from input, outputs, activations and weights, as Keras's `add_loss`; any number of them. It appears
   * under its name in the history of a fit. A file of the model holds its name and weight, not the function.
   *
   * @param weight Its weight in the sum. Default 1.
   * @throws `RETRACE_INVALID_ARGUMENT` for a name that is taken, or a loss that is no function; while training, for one
   * that returns no scalar.
   */
  addLoss(name: string, loss: LossOfActivations, options?: { readonly weight?: number }): void;
}
