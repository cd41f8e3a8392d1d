import { type AdamAttributes, adamKernelName } from '@retrace/ops';
import { type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { HeapBackend } from './heap-backend.ts';
import { threadsFor } from './threads-for.ts';

/** The words of an `AdamJob` in assembly/adam.ts, and of each `AdamVariable` behind it. */
const [jobWords, variableWords] = [5, 8];

/** Adam's step of all variables. */
export const adamKernel: Omit<KernelConfig, 'backendName'> = {
  kernelName: adamKernelName,
  kernelFunc: ({ inputs, attrs, backend: running }) => {
    const backend = running as HeapBackend;
    const { kernels } = backend;
    const tensors = inputs as Record<string, TensorInfo>;
    const { stepSize, beta1, beta2, epsilon } = attrs as unknown as AdamAttributes;
    const outputs: TensorInfo[] = [];
    const variables: number[] = [];
    let total = 0;
    let count = 0;
    for (; tensors[`value${count}`]; count++) {
      const { shape } = tensors[`value${count}`]!;
      const size = util.sizeFromShape(shape);
      total += size;
      const given = ['value', 'gradient', 'first', 'second'].map((name) => tensors[`${name}${count}`]!);
      const made = [1, 2, 3].map(() => backend.makeHeapTensor(shape));
      variables.push(size, ...[...given, ...made].map((tensor) => backend.offsetOf(tensor)));
      outputs.push(...made);
    }
    backend.withScratch(4 * (jobWords + variableWords * count), (job) => {
      const words = kernels.heap.words(job, jobWords + variables.length);
      words[0] = count;
      words.set(variables, jobWords);
      kernels.heap.floats(job, jobWords).set([stepSize, 1 - beta1, 1 - beta2, epsilon], 1);
      // Some ten operations for each number.
      kernels.run('adam', job, threadsFor(kernels, 10 * total));
    });
    return outputs;
  },
};
