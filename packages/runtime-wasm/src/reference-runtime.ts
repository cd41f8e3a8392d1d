import { installGradients } from '@retrace/ops';
import type { Runtime } from '@retrace/ops/runtime';
import { setBackend } from '@tensorflow/tfjs-core';

/** Starts what runs where the kernels cannot: the references of @retrace/ops on tfjs's cpu backend, in JavaScript. */
export async function startReference(): Promise<Runtime> {
  await import('@tensorflow/tfjs-backend-cpu');
  await setBackend('cpu');
  installGradients();
  return { name: 'cpu', device: 'JavaScript, for WebAssembly has no SIMD here', dispose() {} };
}
