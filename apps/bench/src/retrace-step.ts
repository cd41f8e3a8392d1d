import {
  adamUpdate,
  createAdamState,
  dense,
  type LstmWeights,
  lstm,
  meanSquaredError,
  repeated,
  valueAndGradients,
} from '@retrace/ops';
import { dispose, type Tensor1D, type Tensor2D, variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { TrainingStep } from './training-step.ts';

/** The same training step by `@retrace/ops`, starting from the same weights. */
export function retraceStep(model: LayersModel, timesteps: number): TrainingStep {
  const variables = model.getWeights().map((weight) => variable(weight.clone()));
  const [
    encoderKernel,
    encoderRecurrent,
    encoderBias,
    decoderKernel,
    decoderRecurrent,
    decoderBias,
    ...head
  ] = variables;
  const encoder = {
    kernel: encoderKernel,
    recurrentKernel: encoderRecurrent,
    bias: encoderBias,
  } as unknown as LstmWeights;
  const decoder = {
    kernel: decoderKernel,
    recurrentKernel: decoderRecurrent,
    bias: decoderBias,
  } as unknown as LstmWeights;
  const [headKernel, headBias] = head as unknown as [Tensor2D, Tensor1D];
  const state = createAdamState(variables);
  let step = 0;
  return {
    library: '@retrace/ops, reference',
    async run(batch) {
      const { value, gradients } = valueAndGradients(() => {
        const latent = lstm(batch, encoder).output;
        const decoded = lstm(repeated(latent, timesteps), decoder, { returnSequences: true }).output;
        return meanSquaredError(dense(decoded, headKernel, headBias), batch);
      }, variables);
      step++;
      adamUpdate(variables, gradients, state, { step });
      const [loss] = await value.data();
      dispose([value, gradients]);
      return loss!;
    },
  };
}
