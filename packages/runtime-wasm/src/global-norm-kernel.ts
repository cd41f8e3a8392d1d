import { globalNormKernelName } from '@retrace/ops';
import { type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { HeapBackend } from './heap-backend.ts';
import { threadsFor } from './threads-for.ts';

/** The norm of all gradients taken as one vector. */
export const globalNormKernel: Omit<KernelConfig, 'backendName'> = {
  kernelName: globalNormKernelName,
  kernelFunc: ({ inputs, backend: running }) => {
    const backend = running as HeapBackend;
    let total = 0;
    for (const gradient of Object.values(inputs)) total += sumOfSquares(backend, gradient as TensorInfo);
    // Rounded before the root is taken, so that what float32 cannot hold is infinite here as elsewhere.
    return backend.makeTensorInfo([1], 'float32', Float32Array.of(Math.sqrt(Math.fround(total))));
  },
};

function sumOfSquares(backend: HeapBackend, tensor: TensorInfo): number {
  const { kernels, job } = backend;
  const count = util.sizeFromShape(tensor.shape);
  const bytes = kernels.exports.lossPartialsBytes(count);
  let total = 0;
  const offset = backend.offsetOf(tensor);
  backend.withScratch(bytes, (partials) => {
    // The fields of a job of assembly/loss.ts that the sum reads: count, prediction, partials.
    kernels.heap.words(job, 8).set([count, 1, 0, 0, offset, 0, 0, partials]);
    kernels.run('squares', job, threadsFor(kernels, count));
    const sums = kernels.heap.doubles(partials, bytes / 8);
    for (let k = 0; k < sums.length; k += 2) total += sums[k]!;
  });
  return total;
}
