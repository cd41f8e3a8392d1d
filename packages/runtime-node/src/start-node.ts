import { isMainThread } from 'node:worker_threads';
import { argumentError, checkInteger, checkKeys } from '@retrace/errors';
import { installGradients } from '@retrace/ops';
import type { Runtime } from '@retrace/ops/runtime';
import { engine, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { loadTensorflow } from './load-tensorflow.ts';
import { backendName, registerKernels } from './register-kernels.ts';

/** Options of {@link startNode}. */
export interface NodeOptions {
  /**
   * How many threads libtensorflow computes on; by default as many as the machine has cores. It can be chosen in the
   * main thread, before libtensorflow is loaded for the first time in the process.
   */
  readonly threads?: number;
  /** Whether libtensorflow may write its log to stderr; false by default. `TF_CPP_MIN_LOG_LEVEL`, where set, decides. */
  readonly log?: boolean;
}

const priority = 3;

/**
 * Starts the runtime on libtensorflow, makes it tfjs's current backend and installs the gradients training needs. If
 * libtensorflow is loaded already it is made current, and the options have no effect.
 *
 * It needs `@tensorflow/tfjs-node` and its addon, which `npx retrace-node setup` installs.
 *
 * @throws `RETRACE_TENSORFLOW_UNAVAILABLE` where they cannot be loaded, `RETRACE_INVALID_ARGUMENT`
 */
export async function startNode(options: NodeOptions = {}): Promise<Runtime> {
  checkKeys('options', options, ['threads', 'log']);
  const { threads, log = false } = options;
  if (threads !== undefined) checkInteger('threads', threads, { min: 1, max: 1024 });
  if (typeof log !== 'boolean') throw argumentError('log', 'true or false', log);
  if (threads !== undefined && !isMainThread)
    throw argumentError(
      'threads',
      'left out in a worker, whose environment libtensorflow does not see',
      threads,
      'Set TF_NUM_INTRAOP_THREADS in the environment of the process.',
    );
  const { createBackend, device } = await loadTensorflow({ threads, log });
  registerKernels();
  if (!running()) registerBackend(backendName, createBackend, priority);
  await setBackend(backendName);
  installGradients();
  const backend = running();
  return {
    name: 'tensorflow',
    device,
    dispose() {
      // The backend that runs by now may be another, started after a first dispose.
      if (running() === backend) removeBackend(backendName);
    },
  };
}

function running(): unknown {
  return engine().registry[backendName];
}
