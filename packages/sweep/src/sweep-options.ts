import { argumentError, checkInteger, checkKeys, checkOneOf } from '@retrace/errors';
import type { Storage } from '@retrace/storage';
import { canonicalText } from './plain-json.ts';
import type { Trial } from './trial.ts';
import { checkTrialConfig, type TrialConfig } from './trial-config.ts';
import { checkTrialData, isLabelled, type TrialData } from './trial-data.ts';
import { type ComparedMetric, comparedMetrics } from './trial-metrics.ts';
import type { TrialWorker } from './worker/worker-trainer.ts';

export interface SweepOptions {
  /**
   * Trains every configuration once for each block of consecutive rows, which validates while the others train
   * (`blockedFolds`). Default: once, with the rows held out that `data.validation` or the configuration say.
   */
  readonly folds?: number;
  /** How many seeds every configuration is trained with, from its own on. Default 1. */
  readonly seeds?: number;
  /** What trials are ranked by, in the mean over their fits. Default the validation loss. */
  readonly metric?: ComparedMetric;
  /** Workers to train in, one fit each. Default: this thread, one fit after the other, on the runtime that runs. */
  readonly workers?: {
    /** Makes a worker whose module calls `serveTrials`; called again for one that was lost. */
    readonly start: () => TrialWorker;
    /** Default 1. */
    readonly count?: number;
  };
  /** Keeps each finished fit, so that a sweep that was killed goes on with what is missing. Default: nothing is kept. */
  readonly storage?: Storage;
  /**
   * Whether to take the fits that the storage has of these rows and folds, whatever other configurations it has too.
   * Default false, which refuses a storage that has fits.
   */
  readonly resume?: boolean;
  /** Told of each trial as it ends, `done` of `total` with it. */
  readonly onTrial?: (trial: Trial, progress: { readonly done: number; readonly total: number }) => void;
  /** Told what is allowed but most likely not meant, by the trial that it is about. */
  readonly onWarning?: (message: string) => void;
  /** Ends the sweep; the promise then rejects with the signal's reason. Finished fits are kept. */
  readonly signal?: AbortSignal;
}

const optionNames: readonly (keyof SweepOptions)[] = [
  'folds',
  'seeds',
  'metric',
  'workers',
  'storage',
  'resume',
  'onTrial',
  'onWarning',
  'signal',
];

/** Options with nothing left to default. */
export interface SweepSettings {
  readonly folds: number | undefined;
  readonly seeds: number;
  readonly metric: ComparedMetric;
  readonly workers: { readonly start: () => TrialWorker; readonly count: number } | undefined;
  readonly storage: Storage | undefined;
  readonly resume: boolean;
}

/** Refuses a sweep that cannot be, before anything is trained; throws `RETRACE_INVALID_ARGUMENT` and as `trainOne` does. */
export function checkSweep(
  configs: readonly TrialConfig[],
  data: TrialData,
  options: SweepOptions,
): SweepSettings {
  checkTrialData(data);
  checkConfigs(configs, data.train[0]!.features);
  checkKeys('options', options, optionNames);
  const { folds, seeds = 1, metric = 'loss', storage, resume = false } = options;
  if (folds !== undefined) checkInteger('folds', folds, { min: 2 });
  if (folds !== undefined && data.validation)
    throw argumentError('data.validation', 'absent with `folds`, whose blocks validate', data.validation);
  checkOneOf('metric', metric, comparedMetrics);
  if (metric !== 'loss' && !isLabelled(data))
    throw argumentError('metric', "'loss' where no test rows are labelled", metric);
  if (storage !== undefined && typeof storage?.lock !== 'function')
    throw argumentError('storage', 'a storage, such as `folderStorage(folder)`', storage);
  if (typeof resume !== 'boolean') throw argumentError('resume', 'true or false', resume);
  if (resume && !storage) throw argumentError('resume', 'false without a `storage`', resume);
  if (options.signal !== undefined && typeof options.signal?.throwIfAborted !== 'function')
    throw argumentError('signal', 'an AbortSignal', options.signal);
  for (const name of ['onTrial', 'onWarning'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'function')
      throw argumentError(name, 'a function', options[name]);
  }
  return {
    folds,
    seeds: checkInteger('seeds', seeds, { min: 1 }),
    metric,
    workers: checkWorkers(options.workers),
    storage,
    resume,
  };
}

function checkConfigs(configs: readonly TrialConfig[], features: readonly string[]): void {
  if (!Array.isArray(configs) || configs.length === 0)
    throw argumentError('configs', 'an array of at least one configuration', configs);
  const seen = new Map<string, number>();
  for (const [index, config] of configs.entries()) {
    checkTrialConfig(`configs[${index}]`, config, features);
    const text = canonicalText(config);
    const same = seen.get(text);
    if (same !== undefined)
      throw argumentError(
        `configs[${index}]`,
        `another than \`configs[${same}]\``,
        config,
        'For more seeds of one, set `seeds`.',
      );
    seen.set(text, index);
  }
}

function checkWorkers(workers: SweepOptions['workers']): SweepSettings['workers'] {
  if (workers === undefined) return undefined;
  checkKeys('workers', workers, ['start', 'count']);
  const { start, count = 1 } = workers;
  if (typeof start !== 'function')
    throw argumentError('workers.start', 'a function that makes a worker', start);
  return { start, count: checkInteger('workers.count', count, { min: 1, max: 1024 }) };
}
