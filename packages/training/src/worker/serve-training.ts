import { argumentError, checkKeys } from '@retrace/errors';
import { createModel, type LossFunctions, type SequenceModel, saveModel } from '@retrace/models';
import { type LossOfActivations, tensorsOf } from '@retrace/models/tensors';
import type { Storage } from '@retrace/storage';
import { arrayWindows, slidingWindows, type Windows } from '@retrace/windowing';
import type { CheckpointOptions } from '../checkpoint/checkpoint-options.ts';
import { epochsOf } from '../epochs-of.ts';
import type { FitOptions } from '../fit-options.ts';
import { type Conversation, serveRequests } from './requests/serve-requests.ts';
import type {
  ModelSource,
  NamedCheckpoints,
  TrainingReply,
  TrainingRequest,
  WindowsSource,
} from './training-request.ts';

/** Options of {@link serveTraining}. */
export interface ServeTrainingOptions {
  /** Starts the runtime, such as `() => startWasm()`; called before each fit. */
  readonly start: () => Promise<unknown>;
  /** The functions of added losses, by the names that models are given them by. */
  readonly losses?: LossFunctions;
  /** Opens the storage of checkpoints by its name, such as `(name) => browserStorage(name)`. */
  readonly storage?: (name: string) => Storage | Promise<Storage>;
}

/**
 * Makes this worker train what `fitInWorker` and `epochsInWorker` send it: to be called once, at the top of the
 * worker's module, in a Web Worker or a worker thread of Node. Other messages are left alone.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`, also where there is no worker to serve in.
 */
export function serveTraining(options: ServeTrainingOptions): void {
  checkKeys('options', options, ['start', 'losses', 'storage']);
  if (typeof options.start !== 'function') throw argumentError('start', 'a function', options.start);
  if (options.storage !== undefined && typeof options.storage !== 'function')
    throw argumentError('storage', 'a function that opens a storage by its name', options.storage);
  serveRequests<TrainingRequest, TrainingReply>('serveTraining', 'fit', (request, conversation) =>
    serve(request, conversation, options),
  );
}

async function serve(
  { model: source, windows, options, steps }: TrainingRequest,
  { reply, signal }: Conversation<TrainingReply>,
  { start, losses = {}, storage }: ServeTrainingOptions,
): Promise<void> {
  await start();
  const model = createModel(source.spec, { seed: source.seed ?? 0 });
  try {
    addLosses(model, source, losses);
    const { checkpoint } = options;
    const epochs = epochsOf(model, windowsFrom(windows), {
      ...(options as Omit<FitOptions, 'checkpoint'>),
      ...(typeof options.validation === 'object' && { validation: windowsFrom(options.validation) }),
      ...(checkpoint && { checkpoint: await openCheckpoints(checkpoint, storage) }),
      signal,
      onWarning: (message) => reply({ kind: 'warning', message }),
      ...(steps && { onStep: (log) => reply({ kind: 'step', log }) }),
    });
    for (;;) {
      const { done, value } = await epochs.next();
      if (done) {
        const file = await saveModel(model);
        reply({ kind: 'done', result: value, file }, [file.buffer as ArrayBuffer]);
        return;
      }
      reply({ kind: 'epoch', log: value });
    }
  } finally {
    model.dispose();
  }
}

async function openCheckpoints(
  { storage: name, ...plan }: NamedCheckpoints,
  open: ServeTrainingOptions['storage'],
): Promise<CheckpointOptions> {
  if (!open)
    throw argumentError('checkpoint', 'left out: the worker gave no `storage` to `serveTraining`', name);
  return { ...plan, storage: await open(name) };
}

function addLosses(model: SequenceModel, { losses: added = {} }: ModelSource, losses: LossFunctions): void {
  const unknown = Object.keys(added).find((name) => !Object.hasOwn(losses, name));
  if (unknown !== undefined) {
    const names = Object.keys(losses).join(', ') || 'none';
    throw argumentError(
      'model.losses',
      `losses that the worker gave to \`serveTraining\` (${names})`,
      unknown,
    );
  }
  for (const [name, weight] of Object.entries(added))
    tensorsOf(model).addLoss(name, losses[name] as LossOfActivations, { weight });
}

function windowsFrom(source: WindowsSource): Windows {
  if (!('series' in source)) return arrayWindows(source);
  const { series, spec, scaler } = source;
  return slidingWindows(series, spec, scaler ? { scaler } : {});
}
