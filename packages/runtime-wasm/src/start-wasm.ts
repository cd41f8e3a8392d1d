import { checkInteger, checkKeys, RetraceError } from '@retrace/errors';
import { installGradients } from '@retrace/ops';
import type { Runtime } from '@retrace/ops/runtime';
import {
  engine,
  env,
  findBackendFactory,
  type KernelBackend,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import { installPartitionKernels } from './partition-kernels.ts';
import { matMulWorks } from './self-test.ts';

/** Options of {@link startWasm}. */
export interface WasmOptions {
  /**
   * The most threads to use; by default what the browser offers. Threads need a cross-origin isolated page, and
   * Node always runs one.
   */
  readonly threads?: number;
  /**
   * Where the `.wasm` files of `@tensorflow/tfjs-backend-wasm` are served: a folder's URL ending in `/`, or a URL
   * for each file name. Node finds them by itself, a bundled page does not.
   */
  readonly wasmPaths?: string | Readonly<Record<string, string>>;
}

type BackendFactory = () => KernelBackend | Promise<KernelBackend>;

const priority = 2;

/**
 * Starts tfjs's WebAssembly backend, makes it current and installs the gradients training needs. If the backend
 * runs already it is made current, and the options have no effect.
 *
 * @throws `RETRACE_WASM_UNAVAILABLE` if it cannot start, `RETRACE_INVALID_ARGUMENT`
 */
export async function startWasm(options: WasmOptions = {}): Promise<Runtime> {
  checkKeys('options', options, ['threads', 'wasmPaths']);
  const { threads, wasmPaths } = options;
  if (threads !== undefined) checkInteger('threads', threads, { min: 1 });
  try {
    // Imported here because importing it registers a backend and all its kernels.
    const { getThreadsCount, setThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    if (!isRunning()) {
      if (threads !== undefined) setThreadsCount(threads);
      if (wasmPaths !== undefined) setWasmPaths(typeof wasmPaths === 'string' ? wasmPaths : { ...wasmPaths });
    }
    const factory = findBackendFactory('wasm') as BackendFactory;
    const backend = isRunning() ? undefined : await factory();
    // Made here and not by setBackend, which answers a failure with false and prints the reason.
    if (backend && !isRunning()) register(startingWith(backend, factory));
    installPartitionKernels();
    await setBackend('wasm');
    installGradients();
    const running = engine().registry.wasm;
    if (!matMulWorks()) throw new Error('a matrix product came out wrong');
    const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
    const count = getThreadsCount();
    return {
      name: 'wasm',
      device: `WebAssembly${simd ? ' SIMD' : ''}, ${count === 1 ? '1 thread' : `${count} threads`}`,
      dispose() {
        // The backend that runs by now may be another, started after a first dispose.
        if (engine().registry.wasm === running) register(factory);
      },
    };
  } catch (error) {
    throw unavailable(error);
  }
}

function isRunning(): boolean {
  return 'wasm' in engine().registry;
}

/** Puts the factory in place of the one registered, shutting down what that one had made. */
function register(factory: BackendFactory): void {
  removeBackend('wasm');
  registerBackend('wasm', factory, priority);
}

/** A factory whose first product is there already, so that a backend shut down can be made anew. */
function startingWith(backend: KernelBackend, factory: BackendFactory): BackendFactory {
  let first: KernelBackend | undefined = backend;
  return () => {
    const product = first ?? factory();
    first = undefined;
    return product;
  };
}

function unavailable(cause: unknown): RetraceError {
  const reason = cause instanceof Error ? cause.message : (cause as { message?: string } | null)?.message;
  return new RetraceError(
    'RETRACE_WASM_UNAVAILABLE',
    `The WebAssembly backend could not start: ${reason ?? String(cause)}. In a browser, serve the .wasm files of ` +
      '@tensorflow/tfjs-backend-wasm and pass their folder as `wasmPaths`; elsewhere, check that the package is ' +
      'installed and that this platform has WebAssembly.',
    { reason: reason ?? String(cause) },
    { cause },
  );
}
