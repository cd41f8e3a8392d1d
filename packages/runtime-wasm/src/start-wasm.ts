import { checkInteger, checkKeys, checkOneOf, RetraceError } from '@retrace/errors';
import { installGradients } from '@retrace/ops';
import type { Runtime } from '@retrace/ops/runtime';
import { engine, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import type { HeapBackend } from './heap-backend.ts';
import { hasSimd, type Instructions } from './kernel-module.ts';
import { type Kernels, startKernels } from './kernels.ts';
import { startReference } from './reference-runtime.ts';
import { backendName, registerKernels } from './register-kernels.ts';
import { platformThreads } from './thread-pool.ts';
import { warmUp } from './warm-up.ts';

/** Options of {@link startWasm}. */
export interface WasmOptions {
  /**
   * How many threads the kernels run on; by default as many as the platform has cores, at most 8. A page must be
   * cross-origin isolated for more than one. Results do not depend on it.
   */
  readonly threads?: number;
  /**
   * `SIMD` or `relaxed SIMD`, which fuses multiplications and additions and so rounds differently; by default the
   * latter where the engine has it (Chromium, Node from 22 on).
   */
  readonly instructions?: Instructions;
}

const priority = 4;
const mostThreads = 8;

/**
 * Starts the WebAssembly runtime, makes it tfjs's current backend and installs the gradients training needs. If it
 * runs already it is made current, and the options have no effect.
 *
 * The kernels come with the package, and their threads with the platform: nothing is installed, served or fetched.
 * Where WebAssembly has no SIMD, the same operations run in JavaScript, tens of times slower: the runtime's name is then
 * `cpu`, and its device says so.
 *
 * @throws `RETRACE_WASM_UNAVAILABLE` where WebAssembly is forbidden or has not the instructions asked for,
 * `RETRACE_INVALID_ARGUMENT`
 */
export async function startWasm(options: WasmOptions = {}): Promise<Runtime> {
  checkKeys('options', options, ['threads', 'instructions']);
  const { threads, instructions } = options;
  if (threads !== undefined) checkInteger('threads', threads, { min: 1, max: 64 });
  if (instructions !== undefined) checkOneOf('instructions', instructions, ['SIMD', 'relaxed SIMD']);
  if (instructions === undefined && !hasSimd()) return startReference();
  const fresh = !running();
  if (fresh) {
    const wanted = threads ?? Math.min(await platformThreads(), mostThreads);
    const [kernels, { HeapBackend }] = await Promise.all([
      startKernels({ threads: wanted, instructions }).catch((error: unknown) => {
        throw unavailable(error);
      }),
      // Imported here because importing it registers tfjs's cpu backend.
      import('./heap-backend.ts'),
    ]);
    if (running()) kernels.dispose();
    else {
      registerKernels();
      registerBackend(backendName, () => new HeapBackend(kernels), priority);
    }
  }
  await setBackend(backendName);
  installGradients();
  if (fresh) warmUp();
  const backend = running() as HeapBackend;
  return {
    name: 'wasm',
    device: describe(backend.kernels),
    dispose() {
      // The backend that runs by now may be another, started after a first dispose.
      if (running() === backend) removeBackend(backendName);
    },
  };
}

function running(): unknown {
  return engine().registry[backendName];
}

function describe({ instructions, threads }: Kernels): string {
  return `WebAssembly ${instructions}, ${threads === 1 ? '1 thread' : `${threads} threads`}`;
}

function unavailable(cause: unknown): RetraceError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new RetraceError(
    'RETRACE_WASM_UNAVAILABLE',
    `The WebAssembly runtime could not start: ${reason}. Leave out \`instructions\`, let the page's Content-Security-Policy ` +
      "allow 'wasm-unsafe-eval', or use tfjs's cpu backend with `installGradients()` of @retrace/ops.",
    { reason },
    { cause },
  );
}
