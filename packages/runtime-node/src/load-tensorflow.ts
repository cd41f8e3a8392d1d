import util from 'node:util';
import { engine, findBackend, findBackendFactory, setBackend } from '@tensorflow/tfjs-core';
import { backendName } from './register-kernels.ts';
import type { TensorflowBackend, TensorflowBinding } from './tensorflow-backend.ts';
import { tensorflowUnavailable } from './tensorflow-unavailable.ts';

/** libtensorflow, loaded through tfjs-node's addon. */
interface Tensorflow {
  readonly createBackend: () => TensorflowBackend;
  /** What it runs on, in words for people. */
  readonly device: string;
}

let loading: Promise<Tensorflow> | undefined;

/**
 * Loads tfjs-node and its addon once a process. tfjs's current backend and the environment are afterwards what they
 * were, though tfjs-node makes itself current when it is imported.
 *
 * @throws `RETRACE_TENSORFLOW_UNAVAILABLE`
 */
export function loadTensorflow(options: { threads: number | undefined; log: boolean }): Promise<Tensorflow> {
  loading ??= load(options).catch((cause: unknown) => {
    loading = undefined;
    throw tensorflowUnavailable(cause);
  });
  return loading;
}

async function load({ threads, log }: { threads: number | undefined; log: boolean }): Promise<Tensorflow> {
  // Node 23 removed a function that tfjs-node 4.22.0 calls in every operation.
  const legacy = util as unknown as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  const before = engine().backendName;
  // Then libtensorflow has its threads already.
  const loadedByOthers = Boolean(findBackendFactory(backendName));
  const restore = setEnvironment({
    ...(!log && process.env.TF_CPP_MIN_LOG_LEVEL === undefined && { TF_CPP_MIN_LOG_LEVEL: '3' }),
    ...(threads && { TF_NUM_INTRAOP_THREADS: `${threads}`, TF_NUM_INTEROP_THREADS: `${threads}` }),
  });
  try {
    await import('@tensorflow/tfjs-node');
    const loaded = findBackend(backendName) as TensorflowBackend;
    const { binding } = loaded;
    const Backend = loaded.constructor as new (
      binding: TensorflowBinding,
      packageName: string,
    ) => TensorflowBackend;
    return {
      createBackend: () => new Backend(binding, '@tensorflow/tfjs-node'),
      device: describe(binding, loadedByOthers ? undefined : (threads ?? threadsOfEnvironment())),
    };
  } finally {
    restore();
    if (before) await setBackend(before);
  }
}

/** Sets variables that libtensorflow reads while it is loaded; returns what sets them back. */
function setEnvironment(variables: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}

function threadsOfEnvironment(): number | undefined {
  return Number(process.env.TF_NUM_INTRAOP_THREADS) || undefined;
}

function describe(binding: TensorflowBinding, threads: number | undefined): string {
  const place = binding.isUsingGpuDevice() ? 'GPU' : 'CPU';
  const counted = threads ? `, ${threads === 1 ? '1 thread' : `${threads} threads`}` : '';
  return `TensorFlow ${binding.TF_Version} on ${place}${counted}`;
}
