import { type AdamAttributes, adamKernelName } from '@retrace/ops';
import { type KernelConfig, scalar, type Tensor, type TensorInfo, tidy } from '@tensorflow/tfjs-core';
import { floatType, type TensorflowBackend } from './tensorflow-backend.ts';

/**
 * Adam's step by TensorFlow's ResourceApplyAdam, one operation a variable:
 *
 *     first ← first + (gradient − first) (1 − beta1)
 *     second ← second + (gradient² − second) (1 − beta2)
 *     value ← value − stepSize · first / (√second + epsilon)
 *
 * It works on TensorFlow's own variables, so each tensor is assigned to one and the result read back, which copies
 * nothing but what the update writes. Three variables serve for all, one tensor after another.
 */
export const adamKernel: Omit<KernelConfig, 'backendName'> = {
  kernelName: adamKernelName,
  kernelFunc: ({ inputs, attrs, backend: running }) => {
    const backend = running as TensorflowBackend;
    const tensors = inputs as Readonly<Record<string, TensorInfo | undefined>>;
    return tidy(() => {
      const settings = adamSettings(attrs as unknown as AdamAttributes);
      const variables = ['value', 'first', 'second'].map((role) => ({ role, handle: handle(backend, role) }));
      const updated: Tensor[] = [];
      for (let k = 0; tensors[`value${k}`]; k++) {
        for (const { role, handle } of variables) assign(backend, handle, tensors[`${role}${k}`]!);
        const operands = [...variables.map(({ handle }) => handle), ...settings, tensors[`gradient${k}`]!];
        backend.executeMultipleOutputs('ResourceApplyAdam', [floatType(backend)], operands, 0);
        for (const { handle } of variables) updated.push(read(backend, handle));
      }
      for (const { handle } of variables)
        backend.executeMultipleOutputs('DestroyResourceOp', [], [handle], 0);
      return updated;
    });
  },
};

/** beta1Power, beta2Power, learningRate, beta1, beta2, epsilon; the step size holds what the powers are for. */
function adamSettings({ stepSize, beta1, beta2, epsilon }: AdamAttributes): Tensor[] {
  return [0, 0, stepSize, beta1, beta2, epsilon].map((value) => scalar(value, 'float32'));
}

/** A variable of TensorFlow's; the shape it is made with does not bind what is assigned to it. */
function handle(backend: TensorflowBackend, role: string): Tensor {
  const { TF_ATTR_SHAPE, TF_ATTR_STRING } = backend.binding;
  return backend.executeSingleOutput(
    'VarHandleOp',
    [
      floatType(backend, 'dtype'),
      { name: 'shape', type: TF_ATTR_SHAPE, value: [] },
      { name: 'container', type: TF_ATTR_STRING, value: '' },
      { name: 'shared_name', type: TF_ATTR_STRING, value: `retrace-adam-${role}` },
    ],
    [],
  );
}

function assign(backend: TensorflowBackend, handle: TensorInfo, value: TensorInfo): void {
  backend.executeMultipleOutputs('AssignVariableOp', [floatType(backend, 'dtype')], [handle, value], 0);
}

function read(backend: TensorflowBackend, handle: TensorInfo): Tensor {
  return backend.executeSingleOutput('ReadVariableOp', [floatType(backend, 'dtype')], [handle]);
}
