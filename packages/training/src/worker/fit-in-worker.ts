import { argumentError, checkKeys } from '@retrace/errors';
import type { EpochLog, FitResult } from '../epoch-log.ts';
import { repliesOf } from './requests/replies-of.ts';
import type { ServingWorker } from './requests/worker-request.ts';
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
export type TrainingWorker = ServingWorker;

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
  const request: Omit<TrainingRequest, 'port'> = { retrace: 'fit', ...job, steps: onStep !== undefined };
  const sent = ['model', 'windows', 'options'];
  const replies = repliesOf<TrainingReply>(worker, request, { signal, server: 'serveTraining', sent });
  for await (const reply of replies) {
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
      case 'done':
        return { ...reply.result, file: reply.file };
    }
  }
  throw new Error('unreachable: replies end by an error');
}
