import { argumentError } from '@retrace/errors';

declare const setImmediate: ((task: () => void) => unknown) | undefined;

export interface PacerOptions {
  /** Milliseconds between two turns of the event loop. Default 30. */
  readonly interval?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the function to await between the steps of long work, such as running a model on many batches. It lets timers,
 * input and painting have their turn whenever `interval` has passed since they last had one, and throws the signal's
 * reason once that is aborted.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if `signal` is no AbortSignal.
 */
export function createPacer({ interval = 30, signal }: PacerOptions = {}): () => Promise<void> {
  checkSignal(signal);
  let last = -Infinity;
  return async () => {
    if (performance.now() - last >= interval) {
      await nextTask();
      last = performance.now();
    }
    signal?.throwIfAborted();
  };
}

/** Returns `signal` if it is one, or undefined (`RETRACE_INVALID_ARGUMENT`). */
export function checkSignal(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal === undefined || typeof signal?.throwIfAborted === 'function') return signal;
  throw argumentError('signal', 'an AbortSignal', signal, 'Pass the `signal` of an AbortController.');
}

// Not setTimeout: browsers stretch it to 4 ms, and to a second and more in hidden tabs.
function nextTask(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
