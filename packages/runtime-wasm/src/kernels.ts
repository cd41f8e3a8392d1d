import { Heap } from './heap.ts';
import {
  compileKernels,
  type Instructions,
  instantiateKernels,
  type JobName,
  jobCodes,
  type KernelBuild,
  type KernelExports,
} from './kernel-module.ts';
import { canShare, maySleep, type StartingThreads, startThreads } from './thread-pool.ts';

/** The kernels, their memory and their threads. */
export interface Kernels {
  readonly instructions: Instructions;
  readonly threads: number;
  readonly heap: Heap;
  readonly exports: KernelExports;
  /** Runs the job described at an offset of the memory, on one thread or on all; returns once it is done. */
  run(name: JobName, job: number, threads: number): void;
  dispose(): void;
}

/** Options of {@link startKernels}. */
export interface KernelOptions {
  readonly threads: number;
  readonly instructions?: Instructions | undefined;
}

/**
 * Starts the kernels.
 *
 * @throws `Error` where the engine has no SIMD.
 */
export async function startKernels({ threads, instructions }: KernelOptions): Promise<Kernels> {
  const shared = threads > 1 && canShare();
  const starting = shared ? startThreads(threads - 1) : undefined;
  try {
    return await kernelsOn(await compileKernels(shared, instructions), starting);
  } catch (error) {
    await starting?.cancel();
    throw error;
  }
}

async function kernelsOn(build: KernelBuild, starting: StartingThreads | undefined): Promise<Kernels> {
  const exports = await instantiateKernels(build);
  const pool = await starting?.serve(build, exports.lastJob());
  const count = 1 + (pool?.size ?? 0);
  exports.letMainSleep(maySleep);
  return {
    instructions: build.instructions,
    threads: count,
    heap: new Heap(build.memory, exports.heapStart.value),
    exports,
    // The pool runs whole or not at all: a thread left out would miss the number of the job.
    run: (name, job, wanted) => exports.run(jobCodes[name], job, wanted > 1 ? count : 1),
    dispose() {
      exports.stop();
      pool?.release();
    },
  };
}
