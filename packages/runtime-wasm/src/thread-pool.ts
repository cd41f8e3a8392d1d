import type { KernelBuild } from './kernel-module.ts';

/** Threads that run their part of every job, until told to stop. */
interface ThreadPool {
  /** The threads that started, besides this one. */
  readonly size: number;
  /** Frees what the platform holds for them, once they have been told to stop. */
  release(): void;
}

/** The part of a worker that Node and browsers have in common here. */
interface Thread {
  start(message: object): Promise<void>;
  terminate(): void;
}

/** How often a thread looks for the next job before it sleeps: about as long as a step's JavaScript takes. */
const spins = 500_000;

/** Threads that are starting up: the platform takes as long for it as the kernels take to compile. */
export interface StartingThreads {
  /**
   * Gives them the kernels; resolves to the pool, an empty one where the platform refused a thread.
   *
   * @param lastJob The number of the last job before they start.
   */
  serve(build: KernelBuild, lastJob: number): Promise<ThreadPool>;
  /** Ends them instead. */
  cancel(): Promise<void>;
}

/** Begins to start `count` threads. */
export function startThreads(count: number): StartingThreads {
  const threads: Thread[] = [];
  const release = () => {
    for (const thread of threads.splice(0)) thread.terminate();
  };
  const started = (async () => {
    while (threads.length < count) threads.push(await createThread());
  })();
  // Whoever waits for it is told.
  started.catch(() => {});
  return {
    async serve({ module, memory }, lastJob) {
      const message = { module, memory, lastJob, spins };
      try {
        await started;
        await Promise.all(threads.map((thread, k) => thread.start({ ...message, index: k + 1 })));
      } catch {
        // A page may forbid workers, and a bundler may leave their file behind: one thread is slower, not wrong.
        release();
      }
      return { size: threads.length, release };
    },
    cancel: () => started.catch(() => {}).then(release),
  };
}

const isNode = typeof process !== 'undefined' && process.versions?.node !== undefined;

async function createThread(): Promise<Thread> {
  return isNode ? createNodeThread() : createWebThread();
}

async function createNodeThread(): Promise<Thread> {
  const { Worker } = await import('node:worker_threads');
  const worker = new Worker(new URL('../worker/pool-worker.js', import.meta.url));
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  // Waiting for work is no reason for a process to go on.
  return threadOf(worker, ready, () => worker.unref());
}

function createWebThread(): Thread {
  // In one expression: that is the form by which bundlers find a worker's file.
  const worker = new Worker(new URL('../worker/pool-worker.js', import.meta.url), { type: 'module' });
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => reject(new Error(event.message));
  });
  return threadOf(worker, ready);
}

/** `ready` listens from the worker's creation on: it may fail before it is given anything to do. */
function threadOf(
  worker: { postMessage(message: object): void; terminate(): unknown },
  ready: Promise<void>,
  settle: () => void = () => {},
): Thread {
  ready.catch(() => {});
  return {
    start(message) {
      worker.postMessage(message);
      return ready.finally(settle);
    },
    terminate: () => void worker.terminate(),
  };
}

/** How many threads the platform says it can run at once. */
export async function platformThreads(): Promise<number> {
  if (isNode) return (await import('node:os')).availableParallelism();
  return globalThis.navigator?.hardwareConcurrency ?? 1;
}

/** Whether this thread may sleep while it waits: anywhere but on a page's main thread. */
export const maySleep: boolean = isNode || typeof (globalThis as { window?: unknown }).window === 'undefined';

/** Whether memory can be shared here: a page must be cross-origin isolated. */
export function canShare(): boolean {
  if (isNode) return true;
  return (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
}
