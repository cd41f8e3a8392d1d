import { getKernel, type KernelConfig, registerKernel } from '@tensorflow/tfjs-core';
import { adamKernel } from './adam-kernel.ts';
import { lstmKernels } from './lstm-kernels.ts';

/** The name under which tfjs-node has its backend and its kernels in tfjs's registry. */
export const backendName = 'tensorflow';

/** Adds our kernels to tfjs-node's. */
export function registerKernels(): void {
  if (getKernel(adamKernel.kernelName, backendName)) return;
  const ours: readonly Omit<KernelConfig, 'backendName'>[] = [...lstmKernels, adamKernel];
  for (const kernel of ours) registerKernel({ ...kernel, backendName });
}
