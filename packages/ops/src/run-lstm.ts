import type { NamedTensorMap, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { runDifferentiableOp } from './differentiable-op.ts';
import { currentLstmKernels, type LstmAttributes, type LstmInputs } from './lstm-kernel.ts';

/** Runs the current backend's LSTM kernels as one step of the tape. */
export function runLstm(
  inputs: LstmInputs,
  options: Omit<LstmAttributes, 'recording'>,
): { h: Tensor2D; c: Tensor2D; sequence?: Tensor3D } {
  const kernels = currentLstmKernels();
  const outputCount = options.returnSequences ? 3 : 2;
  const [h, c, sequence] = runDifferentiableOp({
    name: 'lstm',
    inputs: { ...inputs },
    forward(recording) {
      const results = kernels.forward(inputs, { ...options, recording });
      return { outputs: results.slice(0, outputCount), reserve: results.slice(outputCount) };
    },
    gradient({ outputs: [dh, dc, dSequence], inputs: kept, reserve }) {
      const attributes = { ...options, recording: true };
      const call = { ...lstmInputs(kept), dh: dh!, dc: dc!, ...(dSequence && { dSequence }) };
      const [kernel, recurrentKernel, bias, ...others] = kernels.gradient(call, reserve, attributes);
      const [initialH, initialC] = inputs.initialH ? others.splice(0, 2) : [];
      const pending = others;
      return {
        input: () => kernels.inputGradient({ input: call.input, kernel: call.kernel }, pending, attributes),
        kernel: () => kernel!,
        recurrentKernel: () => recurrentKernel!,
        bias: () => bias!,
        ...(initialH && { initialH: () => initialH }),
        ...(initialC && { initialC: () => initialC }),
      };
    },
  });
  return { h: h as Tensor2D, c: c as Tensor2D, ...(sequence && { sequence: sequence as Tensor3D }) };
}

function lstmInputs(tensors: NamedTensorMap): LstmInputs {
  const { input, kernel, recurrentKernel, bias, initialH, initialC, mask } = tensors;
  return {
    input: input!,
    kernel: kernel!,
    recurrentKernel: recurrentKernel!,
    bias: bias!,
    ...(initialH && initialC && { initialH, initialC }),
    ...(mask && { mask }),
  };
}
