import { train } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import type { AutoencoderSize } from './autoencoder-size.ts';
import type { TrainingStep } from './training-step.ts';

/** Makes the autoencoder of tfjs-layers, with Keras's defaults where tfjs-layers' differ. */
export function layersModel({ timesteps, features, units }: AutoencoderSize): LayersModel {
  const model = sequential();
  // Not orthogonal as in Keras: that initialiser fails without tfjs's union package; the time does not depend on it.
  const recurrent = {
    units,
    recurrentActivation: 'sigmoid',
    recurrentInitializer: 'glorotUniform',
    unitForgetBias: true,
  } as const;
  model.add(layers.lstm({ ...recurrent, inputShape: [timesteps, features] }));
  model.add(layers.repeatVector({ n: timesteps }));
  model.add(layers.lstm({ ...recurrent, returnSequences: true }));
  model.add(layers.timeDistributed({ layer: layers.dense({ units: features }) }));
  model.compile({ optimizer: train.adam(1e-3, 0.9, 0.999, 1e-7), loss: 'meanSquaredError' });
  return model;
}

/** The training step of tfjs-layers: `trainOnBatch`. */
export function layersStep(model: LayersModel): TrainingStep {
  return {
    library: 'tfjs-layers 4.22.0',
    async run(batch) {
      return (await model.trainOnBatch(batch, batch)) as number;
    },
  };
}
