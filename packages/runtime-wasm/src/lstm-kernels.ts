import { type LstmAttributes, lstmKernelNames } from '@retrace/ops';
import type { KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { HeapBackend } from './heap-backend.ts';
import { describeLstmJob, lstmSizes, setReserve, setScratch } from './lstm-job.ts';
import { threadsFor } from './threads-for.ts';

type Inputs = Readonly<Record<string, TensorInfo | undefined>>;

interface Call {
  readonly inputs: Inputs;
  readonly attributes: LstmAttributes;
  readonly backend: HeapBackend;
}

/**
 * The LSTM kernels of the seam in @retrace/ops. The reserve is one block whose layout assembly/lstm-job.ts describes;
 * pending is that block, in which the backward pass has put dz, or dz summed over time for a repeated input.
 */
export const lstmKernels: readonly Omit<KernelConfig, 'backendName'>[] = [
  kernel(lstmKernelNames.forward, forward),
  kernel(lstmKernelNames.gradient, gradient),
  kernel(lstmKernelNames.inputGradient, inputGradient),
];

function kernel(kernelName: string, run: (call: Call) => TensorInfo[]): Omit<KernelConfig, 'backendName'> {
  return {
    kernelName,
    kernelFunc: ({ inputs, attrs, backend }) =>
      run({
        inputs: inputs as Inputs,
        attributes: attrs as NamedAttrMap as unknown as LstmAttributes,
        backend: backend as HeapBackend,
      }),
  };
}

function forward({ inputs, attributes, backend }: Call): TensorInfo[] {
  const { kernels } = backend;
  const sizes = lstmSizes(inputs.input!, inputs.kernel!, attributes.timesteps);
  const { batch, timesteps, units, work } = sizes;
  const h = backend.makeHeapTensor([batch, units]);
  const c = backend.makeHeapTensor([batch, units]);
  const sequence = attributes.returnSequences ? backend.makeHeapTensor([batch, timesteps, units]) : undefined;
  describeLstmJob(backend, sizes, attributes, { ...inputs, h, c, sequence });
  const { recording } = attributes;
  const threads = threadsFor(kernels, work);
  const reserveBytes = kernels.exports.reserveBytes(backend.job);
  const scratchBytes = kernels.exports.forwardScratchBytes(backend.job);
  const reserve = recording ? backend.makeHeapTensor([reserveBytes / 4]) : undefined;
  backend.withScratch(scratchBytes + (recording ? 0 : reserveBytes), (scratch) => {
    setScratch(backend, scratch);
    setReserve(backend, reserve ? backend.offsetOf(reserve) : scratch + scratchBytes);
    kernels.run('lstmForward', backend.job, threads);
  });
  return [h, c, ...(sequence ? [sequence] : []), ...(reserve ? [reserve] : [])];
}

function gradient({ inputs, attributes, backend }: Call): TensorInfo[] {
  const { kernels } = backend;
  const { input, kernel, recurrentKernel, bias, initialH, reserve0: reserve } = inputs;
  const sizes = lstmSizes(input!, kernel!, attributes.timesteps);
  const { batch, units, repeated, work } = sizes;
  const outputs = {
    dKernel: backend.makeHeapTensor(kernel!.shape),
    dRecurrentKernel: backend.makeHeapTensor(recurrentKernel!.shape),
    dBias: backend.makeHeapTensor(bias!.shape),
    ...(initialH && {
      dInitialH: backend.makeHeapTensor([batch, units]),
      dInitialC: backend.makeHeapTensor([batch, units]),
    }),
  };
  const dzSum = backend.makeHeapTensor([Math.ceil(batch / 8) * units * 32]);
  const given = { ...inputs, ...outputs, reserve, dzSum };
  describeLstmJob(backend, sizes, attributes, given);
  const threads = threadsFor(kernels, 2 * work);
  const scratchBytes = kernels.exports.backwardScratchBytes(backend.job, threads);
  backend.withScratch(scratchBytes, (scratch) => {
    setScratch(backend, scratch);
    kernels.run('lstmBackward', backend.job, threads);
  });
  if (repeated) return [...Object.values(outputs), dzSum];
  backend.disposeIntermediateTensorInfo(dzSum);
  const { dataId, shape, dtype } = reserve!;
  backend.incRef(dataId);
  return [...Object.values(outputs), { dataId, shape, dtype }];
}

function inputGradient({ inputs, attributes, backend }: Call): TensorInfo[] {
  const { kernels } = backend;
  const { input, kernel, pending0: pending } = inputs;
  const sizes = lstmSizes(input!, kernel!, attributes.timesteps);
  const dInput = backend.makeHeapTensor(input!.shape);
  const ofPending = sizes.repeated ? { dzSum: pending } : { reserve: pending };
  describeLstmJob(backend, sizes, attributes, { kernel, dInput, ...ofPending });
  const steps = sizes.batch * (sizes.repeated ? 1 : sizes.timesteps);
  const threads = threadsFor(kernels, 8 * steps * sizes.units * sizes.features);
  const scratchBytes = kernels.exports.inputGradientScratchBytes(backend.job, threads);
  backend.withScratch(scratchBytes, (scratch) => {
    setScratch(backend, scratch);
    kernels.run('lstmInputGradient', backend.job, threads);
  });
  return [dInput];
}
