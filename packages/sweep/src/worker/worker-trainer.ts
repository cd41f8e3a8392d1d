import { isRetraceError } from '@retrace/errors';
import { repliesOf, type ServingWorker } from '@retrace/training/worker/requests';
import type { Trainer } from '../trainer.ts';
import type { TrialReply, TrialRequest } from './trial-request.ts';

/** A Web Worker, or a `Worker` of node:worker_threads, whose module calls `serveTrials`. */
export interface TrialWorker extends ServingWorker {
  terminate(): unknown;
}

/** Trains in a worker, started with the first trial, and in another once that is lost. */
export function workerTrainer(start: () => TrialWorker): Trainer {
  let worker: TrialWorker | undefined;
  const close = async (): Promise<void> => {
    await worker?.terminate();
    worker = undefined;
  };
  return {
    async train(config, data, { signal, onWarning }) {
      worker ??= start();
      const request: Omit<TrialRequest, 'port'> = { retrace: 'trial', config, data };
      const sent = ['configs', 'data'];
      try {
        const replies = repliesOf<TrialReply>(worker, request, { signal, server: 'serveTrials', sent });
        for await (const reply of replies) {
          if (reply.kind === 'done') return reply.trained;
          onWarning?.(reply.message);
        }
        throw new Error('unreachable: replies end by an error');
      } catch (error) {
        if (isRetraceError(error, 'RETRACE_WORKER_LOST')) await close();
        throw error;
      }
    },
    close,
  };
}
