import { type LossAttributes, lossKernelNames } from '@retrace/ops';
import { type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { HeapBackend } from './heap-backend.ts';
import { threadsFor } from './threads-for.ts';

type Inputs = Readonly<Record<string, TensorInfo>>;

/** Log cosh is left to the reference, by the seam. */
const kindCodes = { squared: 0, absolute: 1, huber: 2, logCosh: -1 } as const;

/** The loss kernels of the seam in @retrace/ops. */
export const lossKernels: readonly Omit<KernelConfig, 'backendName'>[] = [
  {
    kernelName: lossKernelNames.value,
    kernelFunc: ({ inputs, attrs, backend }) =>
      value(inputs as Inputs, attrs as unknown as LossAttributes, backend as HeapBackend),
  },
  {
    kernelName: lossKernelNames.gradient,
    kernelFunc: ({ inputs, attrs, backend }) =>
      gradient(inputs as Inputs, attrs as unknown as LossAttributes, backend as HeapBackend),
  },
];

function value(inputs: Inputs, attributes: LossAttributes, backend: HeapBackend): TensorInfo[] {
  const { kernels, job } = backend;
  const count = util.sizeFromShape(inputs.prediction!.shape);
  const bytes = kernels.exports.lossPartialsBytes(count);
  let total = 0;
  let weight = 0;
  backend.withScratch(bytes, (partials) => {
    describeLossJob(backend, inputs, attributes, { partials });
    kernels.run('loss', job, threadsFor(kernels, 4 * count));
    const sums = kernels.heap.doubles(partials, bytes / 8);
    for (let k = 0; k < sums.length; k += 2) {
      total += sums[k]!;
      weight += sums[k + 1]!;
    }
  });
  const divisor = weight === 0 ? 1 : weight;
  const scalar = (number: number) => backend.makeTensorInfo([], 'float32', Float32Array.of(number));
  return [scalar(total / divisor), scalar(divisor)];
}

function gradient(inputs: Inputs, attributes: LossAttributes, backend: HeapBackend): TensorInfo {
  const { kernels, job } = backend;
  const { shape } = inputs.prediction!;
  const output = backend.makeHeapTensor(shape);
  const scale = (backend.readSync(inputs.scale!.dataId) as Float32Array)[0]!;
  describeLossJob(backend, inputs, attributes, { scale, gradient: backend.offsetOf(output) });
  kernels.run('lossGradient', job, threadsFor(kernels, 4 * util.sizeFromShape(shape)));
  return output;
}

/** Describes a job of assembly/loss.ts, whose fields these are. */
function describeLossJob(
  backend: HeapBackend,
  { prediction, target, weights }: Inputs,
  { kind, delta }: LossAttributes,
  { partials = 0, scale = 0, gradient = 0 }: { partials?: number; scale?: number; gradient?: number },
): void {
  const { kernels, job } = backend;
  const count = util.sizeFromShape(prediction!.shape);
  const perWeight = weights ? count / util.sizeFromShape(weights.shape) : 1;
  const tensors = [prediction!, target!].map((tensor) => backend.offsetOf(tensor));
  const weighing = weights ? backend.offsetOf(weights) : 0;
  const words = [count, perWeight, kindCodes[kind], 0, ...tensors, weighing, partials, 0, gradient];
  kernels.heap.words(job, words.length).set(words);
  kernels.heap.floats(job, words.length)[3] = delta;
  kernels.heap.floats(job, words.length)[8] = scale;
}
