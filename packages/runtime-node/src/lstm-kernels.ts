import {
  type LstmAttributes,
  type LstmInputs,
  type LstmKernels,
  lstmKernelNames,
  lstmReference,
} from '@retrace/ops';
import { type KernelConfig, type NamedAttrMap, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { blockForward, blockGradient, blockInputGradient } from './block-lstm.ts';
import { deferredGradient } from './deferred-gradient.ts';
import type { TensorflowBackend } from './tensorflow-backend.ts';

type Inputs = Readonly<Record<string, Tensor | undefined>>;

interface Call {
  readonly inputs: Inputs;
  readonly attributes: LstmAttributes;
  readonly backend: TensorflowBackend;
}

/**
 * From so many units on, the products of the weights' gradients take longer than a step's other operations, and one
 * product for all timesteps is faster than TensorFlow's one a timestep: at 128 units the two are about even, at 192 it takes
 * half the time.
 */
const deferringUnits = 160;

/**
 * The LSTM kernels of the seam in @retrace/ops. TensorFlow's BlockLSTM knows neither masks nor other activations than
 * tanh and sigmoid; those calls go to the reference, on TensorFlow's plain operations.
 */
export const lstmKernels: readonly Omit<KernelConfig, 'backendName'>[] = [
  kernel(lstmKernelNames.forward, ({ inputs, attributes, backend }) =>
    isBlock(inputs, attributes)
      ? blockForward(backend, inputs as unknown as LstmInputs, attributes)
      : lstmReference.forward(inputs as unknown as LstmInputs, attributes),
  ),
  kernel(lstmKernelNames.gradient, ({ inputs, attributes, backend }) => {
    const call = inputs as unknown as Parameters<LstmKernels['gradient']>[0];
    const reserve = numbered(inputs, 'reserve');
    if (!isBlock(inputs, attributes)) return lstmReference.gradient(call, reserve, attributes);
    const gradient = call.recurrentKernel.shape[0]! < deferringUnits ? blockGradient : deferredGradient;
    return gradient(backend, call, reserve, attributes);
  }),
  kernel(lstmKernelNames.inputGradient, ({ inputs, attributes }) => {
    const call = { input: inputs.input!, kernel: inputs.kernel! };
    const pending = numbered(inputs, 'pending');
    // The reference and the deferred gradient leave dz, of rank 2.
    return pending[0]!.shape.length === 3
      ? [blockInputGradient(call.input, pending[0]!)]
      : [lstmReference.inputGradient(call, pending, attributes)];
  }),
];

function kernel(kernelName: string, run: (call: Call) => Tensor[]): Omit<KernelConfig, 'backendName'> {
  return {
    kernelName,
    kernelFunc: ({ inputs, attrs, backend }) =>
      tidy(() =>
        run({
          inputs: inputs as unknown as Inputs,
          attributes: attrs as NamedAttrMap as unknown as LstmAttributes,
          backend: backend as TensorflowBackend,
        }),
      ),
  };
}

function isBlock({ mask }: Inputs, { activation, recurrentActivation }: LstmAttributes): boolean {
  return !mask && activation === 'tanh' && recurrentActivation === 'sigmoid';
}

function numbered(inputs: Inputs, name: string): Tensor[] {
  const tensors: Tensor[] = [];
  for (let k = 0; inputs[`${name}${k}`]; k++) tensors.push(inputs[`${name}${k}`]!);
  return tensors;
}
