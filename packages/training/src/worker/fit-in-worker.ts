import { argumentError, checkKeys, RetraceError } from '@retrace/errors';
import type { EpochLog, FitResult } from '../epoch-log.ts';
import { unpackError } from './packed-error.ts';
import {
  checkWindowsSource,
  type ModelSource,
  plainOptions,
  type TrainingReply,
  type TrainingRequest,
  type WindowsSource,
  type WorkerFitOptions,
} from './training-request.ts';

/** A Web Worker, or a `Worker` of node:worker_threads, whose module calls `serveTraining`. */
export interface TrainingWorker {
  postMessage(message: unknown, transfer: never[]): void;
}

/** What a fit in a worker did. */
export interface WorkerFitResult extends FitResult {
  /** The trained model as `saveModel` writes it, for `loadModel` or to be kept. */
  readonly file: Uint8Array;
}

/**
 * Trains a new model in a worker and resolves to what happened, the trained model's file with it.
 *
 * Takes the same arguments and throws the same errors as {@link epochsInWorker}, which it runs to its end.
 */
export async function fitInWorker(
  worker: TrainingWorker,
  model: ModelSource,
  windows: WindowsSource,
  options: WorkerFitOptions,
): Promise<WorkerFitResult> {
  const epochs = epochsInWorker(worker, model, windows, options);
  for (;;) {
    const { done, value } = await epochs.next();
    if (done) return value;
  }
}

/**
 * Trains a new model in a worker, epoch by epoch as `epochsOf` does: `for await (const log of epochsInWorker(…))`.
 * Training does not wait for whoever reads the epochs, and is the same, to the bit, as on this thread. Leaving the
 * loop ends it.
 *
 * Spec, windows and options cross over as copies, so functions among them stay here: `onStep`, `onEpoch` and
 * `onWarning` are called on this thread, and losses are named from those the worker's module has. Arrays over a
 * `SharedArrayBuffer` are not copied. The worker serves one fit after the other until it is terminated.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` at once for what `fit` would refuse and for what cannot cross over. While training: what
 * `epochsOf` throws; `RETRACE_WORKER_FAILED` for any other error in the worker; `RETRACE_WORKER_LOST` if the worker
 * ends or its module cannot be loaded; the reason of `signal` once that is aborted.
 */
export function epochsInWorker(
  worker: TrainingWorker,
  model: ModelSource,
  windows: WindowsSource,
  options: WorkerFitOptions,
): AsyncGenerator<EpochLog, WorkerFitResult> {
  if (typeof worker?.postMessage !== 'function') throw argumentError('worker', 'a worker', worker);
  checkKeys('model', model, ['spec', 'seed', 'losses']);
  checkWindowsSource('windows', windows);
  const plain = plainOptions(options);
  return epochs(worker, { model, windows, options: plain }, options);
}

async function* epochs(
  worker: TrainingWorker,
  job: Pick<TrainingRequest, 'model' | 'windows' | 'options'>,
  { signal, onStep, onEpoch, onWarning }: WorkerFitOptions,
): AsyncGenerator<EpochLog, WorkerFitResult> {
  signal?.throwIfAborted();
  const { port1: port, port2 } = new MessageChannel();
  const inbox = createInbox(port);
  const forget = onFailure(worker, inbox.fail);
  const stop = () => port.postMessage('stop');
  signal?.addEventListener('abort', stop);
  try {
    post(worker, { retrace: 'fit', port: port2, ...job, steps: onStep !== undefined });
    for (;;) {
      const reply = await inbox.next();
      switch (reply.kind) {
        case 'step':
          onStep?.(reply.log);
          break;
        case 'warning':
          onWarning?.(reply.message);
          break;
        case 'epoch':
          onEpoch?.(reply.log);
          yield reply.log;
          break;
        case 'failed':
          signal?.throwIfAborted();
          throw unpackError(reply.error);
        case 'done':
          return { ...reply.result, file: reply.file };
      }
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    forget();
    // Also where the loop was left: the worker may have more to do.
    stop();
    port.close();
  }
}

function post(worker: TrainingWorker, request: TrainingRequest): void {
  try {
    worker.postMessage(request, [request.port] as never[]);
  } catch (cause) {
    throw new RetraceError(
      'RETRACE_INVALID_ARGUMENT',
      `\`model\`, \`windows\` and \`options\` must be plain data, which can be copied to a worker: ${cause}`,
      {},
      { cause },
    );
  }
}

interface Inbox {
  /** Resolves to the next reply, in order; rejects once there can be no more. */
  next(): Promise<TrainingReply>;
  fail(reason: string): void;
}

function createInbox(port: MessagePort): Inbox {
  const replies: TrainingReply[] = [];
  let lost: RetraceError | undefined;
  let wake = () => {};
  const fail = (reason: string) => {
    lost ??= new RetraceError(
      'RETRACE_WORKER_LOST',
      `The worker ended before the training did: ${reason}. Its module must call \`serveTraining\`, and nothing may ` +
        'terminate it meanwhile.',
      { reason },
    );
    wake();
  };
  port.onmessage = ({ data }: MessageEvent<TrainingReply>) => {
    replies.push(data);
    wake();
  };
  // Fires when the other end is gone, in Node and in newer browsers.
  port.addEventListener('close', () => fail('its port was closed'));
  return {
    async next() {
      while (replies.length === 0) {
        if (lost) throw lost;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return replies.shift()!;
    },
    fail,
  };
}

/** The ways in which Web Workers and Node's tell of an error that nothing caught. */
interface Emitter {
  on?(event: 'error', listener: (error: unknown) => void): void;
  off?(event: 'error', listener: (error: unknown) => void): void;
  addEventListener?(event: 'error', listener: (error: unknown) => void): void;
  removeEventListener?(event: 'error', listener: (error: unknown) => void): void;
}

function onFailure(worker: TrainingWorker, fail: (reason: string) => void): () => void {
  const emitter = worker as Emitter;
  const listener = (error: unknown) =>
    fail((error as { message?: string })?.message || 'its module could not be loaded');
  if (emitter.on) emitter.on('error', listener);
  else emitter.addEventListener?.('error', listener);
  return () => {
    if (emitter.off) emitter.off('error', listener);
    else emitter.removeEventListener?.('error', listener);
  };
}
