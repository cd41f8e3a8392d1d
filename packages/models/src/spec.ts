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

/** A stacked encoder, its last state repeated over time, a stacked decoder and a linear head over time. */
export interface ReconstructSpec {
  readonly format: 'retrace-model';
  readonly version: 1;
  readonly kind: 'reconstruct';
  readonly timesteps: number;
  readonly features: number;
  readonly encoder: readonly LstmLayerSpec[];
  readonly decoder: readonly LstmLayerSpec[];
}

/** A model as plain JSON: everything but its weights. */
export type ModelSpec = ReconstructSpec;
