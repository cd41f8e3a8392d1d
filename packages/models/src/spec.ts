/** An activation, by its Keras name in camel case. */
export type Activation = 'linear' | 'tanh' | 'sigmoid' | 'relu' | 'hardSigmoid';

/** One LSTM layer. */
export interface LstmLayerSpec {
  readonly units: number;
  readonly activation: Activation;
  readonly recurrentActivation: Activation;
  /** The share of the layer's outputs that is dropped in training, in [0, 1). */
  readonly dropout: number;
}

/** One dense layer. */
export interface DenseLayerSpec {
  readonly units: number;
  readonly activation: Activation;
}

/** Stacked LSTM layers with a linear head over time, started from what the encoder made of a window. */
export interface DecoderSpec {
  readonly layers: readonly LstmLayerSpec[];
  /**
   * How the decoder learns of the window: from the latent vector, repeated at every step, or from the encoder's final
   * states (h, c), which become the initial states of its layers, the innermost pair first.
   */
  readonly bridge: 'repeat' | 'state';
  /** Whether each step also reads the output of the step before. */
  readonly conditional: boolean;
  /** Whether a second linear layer puts out the logarithm of the variance of each number. Absent: no. */
  readonly variance?: boolean;
}

/** A decoder of the window itself. */
export interface ReconstructionDecoderSpec extends DecoderSpec {
  /** Whether it decodes from the last step to the first. Its output is in the order of the window either way. */
  readonly reversed: boolean;
}

/** The sizes of the windows that a model reads. */
interface WindowShape {
  readonly format: 'retrace-model';
  readonly version: 1;
  readonly timesteps: number;
  readonly features: number;
}

/** What turns a window into its latent vector. */
export interface EncoderPart extends WindowShape {
  readonly encoder: readonly LstmLayerSpec[];
  /** Makes the latent vector of the last layer's state; absent where that state is the latent vector. */
  readonly bottleneck?: DenseLayerSpec;
}

/** Which rows a model predicts, as in `WindowSpec`. */
export interface PredictedRows {
  /** Rows out, at least 1. */
  readonly horizon: number;
  /** Rows between the last row in and the first row out; negative values, down to `-timesteps`, make them overlap. */
  readonly shift: number;
}

/** An autoencoder. */
export interface ReconstructSpec extends EncoderPart {
  readonly kind: 'reconstruct';
  readonly decoder: ReconstructionDecoderSpec;
}

/** A forecaster: an encoder and a decoder of other rows. */
export interface PredictSpec extends EncoderPart, PredictedRows {
  readonly kind: 'predict';
  readonly decoder: DecoderSpec;
}

/** One encoder and two decoders, each with its weight in the loss. */
export interface CompositeSpec extends EncoderPart, PredictedRows {
  readonly kind: 'composite';
  readonly decoders: {
    readonly reconstruction: ReconstructionDecoderSpec & { readonly weight: number };
    readonly prediction: DecoderSpec & { readonly weight: number };
  };
}

/** An encoder, dense layers, and a loss that draws their output to an activation of the encoder itself. */
export interface LatentTargetSpec extends WindowShape {
  readonly kind: 'latentTarget';
  readonly encoder: readonly LstmLayerSpec[];
  /** The layers between the latent vector and the output. */
  readonly dense: readonly DenseLayerSpec[];
  /** The activation that is the target, such as `encoder/0`; of a sequence, its last step. */
  readonly target: string;
  /** Whether the target is held fixed, so that only the output moves towards it. */
  readonly stopGradient: boolean;
  readonly loss: 'mse' | 'mae';
}

/** Stacked LSTM layers that all return sequences, with a linear head over time: no bottleneck at all. */
export interface SequenceSpec extends WindowShape {
  readonly kind: 'sequence';
  readonly layers: readonly LstmLayerSpec[];
}

/** An encoder, dense layers and a softmax over classes. */
export interface ClassifierSpec extends EncoderPart {
  readonly kind: 'classifier';
  readonly dense: readonly DenseLayerSpec[];
  readonly classes: number;
  /** Whether training leaves the encoder as it is. */
  readonly frozen: boolean;
}

/** An encoder by itself. */
export interface EncoderSpec extends EncoderPart {
  readonly kind: 'encoder';
}

/** A model as plain JSON: everything but its weights. */
export type ModelSpec =
  | ReconstructSpec
  | PredictSpec
  | CompositeSpec
  | LatentTargetSpec
  | SequenceSpec
  | ClassifierSpec
  | EncoderSpec;
