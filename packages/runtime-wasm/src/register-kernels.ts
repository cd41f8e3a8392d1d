import { getKernel, getKernelsForBackend, type KernelConfig, registerKernel } from '@tensorflow/tfjs-core';
import { adamKernel } from './adam-kernel.ts';
import { globalNormKernel } from './global-norm-kernel.ts';
import { lossKernels } from './loss-kernels.ts';
import { lstmKernels } from './lstm-kernels.ts';
import { matMulKernels } from './matmul-kernels.ts';

/** The name of the backend in tfjs's registry; `wasm` is that of tfjs's own, which may be there too. */
export const backendName = 'retrace-wasm';

/** Registers the kernels of the backend: ours, and for all else the cpu backend's, which must be imported by now. */
export function registerKernels(): void {
  if (getKernel(adamKernel.kernelName, backendName)) return;
  const ours: readonly Omit<KernelConfig, 'backendName'>[] = [
    ...lstmKernels,
    ...matMulKernels,
    ...lossKernels,
    adamKernel,
    globalNormKernel,
  ];
  for (const kernel of ours) registerKernel({ ...kernel, backendName });
  const names = new Set(ours.map(({ kernelName }) => kernelName));
  for (const kernel of getKernelsForBackend('cpu')) {
    if (!names.has(kernel.kernelName)) registerKernel({ ...kernel, backendName });
  }
}
