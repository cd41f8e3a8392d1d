import { argumentError, checkKeys } from '@retrace/errors';
import { serveRequests } from '@retrace/training/worker/requests';
import { trainOne } from '../train-one.ts';
import type { TrialReply, TrialRequest } from './trial-request.ts';

/** Options of {@link serveTrials}. */
export interface ServeTrialsOptions {
  /** Starts the runtime, such as `() => startWasm({ threads: 1 })`: one thread, for each trial has a worker of its own. */
  readonly start: () => Promise<unknown>;
}

/**
 * Makes this worker train the trials that `sweep` sends it: to be called once, at the top of the worker's module, in a
 * Web Worker or a worker thread of Node.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`, also where there is no worker to serve in.
 */
export function serveTrials(options: ServeTrialsOptions): void {
  checkKeys('options', options, ['start']);
  const { start } = options;
  if (typeof start !== 'function') throw argumentError('start', 'a function', start);
  serveRequests<TrialRequest, TrialReply>(
    'serveTrials',
    'trial',
    async ({ config, data }, { reply, signal }) => {
      await start();
      const onWarning = (message: string) => reply({ kind: 'warning', message });
      const trained = await trainOne(config, data, { signal, onWarning });
      reply({ kind: 'done', trained }, [trained.file.buffer as ArrayBuffer]);
    },
  );
}
