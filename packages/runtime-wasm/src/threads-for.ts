import type { Kernels } from './kernels.ts';

/** Below this many multiplications and additions a job is done before other threads have begun. */
const worthSharing = 200_000;

/** How many threads a job of so many multiplications and additions is given: one, or all. */
export function threadsFor(kernels: Kernels, work: number): number {
  return work < worthSharing ? 1 : kernels.threads;
}
