import { type AdamAttributes, adamKernelName } from '@retrace/ops';
import { type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { HeapBackend } from './heap-backend.ts';
import { threadsFor } from './threads-for.ts';

/** Adam's step of one variable; assembly/adam.ts has the fields of the job. */
export const adamKernel: Omit<KernelConfig, 'backendName'> = {
  kernelName: adamKernelName,
  kernelFunc: ({ inputs, attrs, backend: running }) => {
    const backend = running as HeapBackend;
    const { kernels, job } = backend;
    const { value, gradient, first, second } = inputs as Record<string, TensorInfo>;
    const { stepSize, beta1, beta2, epsilon } = attrs as unknown as AdamAttributes;
    const { shape } = value!;
    const count = util.sizeFromShape(shape);
    const outputs = [1, 2, 3].map(() => backend.makeHeapTensor(shape));
    const pointers = [value!, gradient!, first!, second!, ...outputs].map((tensor) =>
      backend.offsetOf(tensor),
    );
    kernels.heap.words(job, 8).set([count, ...pointers]);
    kernels.heap.floats(job + 32, 4).set([stepSize, 1 - beta1, 1 - beta2, epsilon]);
    // Some ten operations for each number.
    kernels.run('adam', job, threadsFor(kernels, 10 * count));
    return outputs;
  },
};
