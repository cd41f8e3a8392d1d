import {
  adamUpdate,
  createAdamState,
  dense,
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
  const variables = model.getWeights().map((weight) => variable(weight));
  const [
    encoderKernel,
    encoderRecurrent,
    encoderBias,
    decoderKernel,
    decoderRecurrent,
    decoderBias,
    kernel,
    bias,
  ] = variables as unknown as [
    Tensor2D,
    Tensor2D,
    Tensor1D,
    Tensor2D,
    Tensor2D,
    Tensor1D,
    Tensor2D,
    Tensor1D,
  ];
  const encoder = { kernel: encoderKernel, recurrentKernel: encoderRecurrent, bias: encoderBias };
  const decoder = { kernel: decoderKernel, recurrentKernel: decoderRecurrent, bias: decoderBias };
  const state = createAdamState(variables);
  let step = 0;
  return {
    library: '@retrace/ops, reference',
    async run(batch) {
      const { value, gradients } = valueAndGradients(() => {
        const latent = lstm(batch, encoder).output;
        const decoded = lstm(repeated(latent, timesteps), decoder, { returnSequences: true }).output;
        return meanSquaredError(dense(decoded, kernel, bias), batch);
      }, variables);
      step++;
      adamUpdate(variables, gradients, state, { step });
      const [loss] = await value.data();
      dispose([value, gradients]);
      return loss!;
    },
  };
}
