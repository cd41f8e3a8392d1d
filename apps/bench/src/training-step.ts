import type { Tensor3D } from '@tensorflow/tfjs-core';

/** One library's training step of the autoencoder, on a batch it reconstructs; returns the loss. */
export interface TrainingStep {
  readonly library: string;
  run(batch: Tensor3D): Promise<number>;
}
