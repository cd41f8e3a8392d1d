import { blockedFolds } from '@retrace/windowing';
import { dataDigest } from './data-digest.ts';
import { type FitStore, openFits } from './fit-store.ts';
import { inLanes } from './in-lanes.ts';
import { checkSweep, type SweepOptions, type SweepSettings } from './sweep-options.ts';
import type { TrainOneOptions } from './train-one.ts';
import { hereTrainer, type Trainer } from './trainer.ts';
import {
  type FinishedTrial,
  type FitOutcome,
  finishedTrial,
  rankTrials,
  type Trial,
  trialError,
} from './trial.ts';
import type { TrialConfig } from './trial-config.ts';
import type { TrialData } from './trial-data.ts';
import { workerTrainer } from './worker/worker-trainer.ts';

export interface SweepResult {
  /** The best first, those that failed last. */
  readonly trials: readonly Trial[];
  /** The first of them, undefined if all failed. */
  readonly best: FinishedTrial | undefined;
}

/**
 * Trains configurations, each with every seed on every fold, and ranks them.
 *
 * A trial that fails, by divergence for instance or with its worker, is a row of the result like others; its fits that
 * have not begun are left out. Files and metrics, but for times, follow from configurations, data, `folds` and `seeds`
 * alone, wherever they are trained and however often the sweep is killed and resumed.
 *
 * Losses compare where the rows are scaled alike and the loss is the same: over lookbacks, units and all that training
 * depends on, not over scalers, `fit.loss`, `fit.lossWeights` or kinds of models with other heads. They say how well rows
 * are retraced, which is easier in short windows, not how well faults are found. A choice made by test labels flatters the
 * figures on those rows.
 *
 * @throws At once `RETRACE_INVALID_ARGUMENT` and `RETRACE_MODEL_SPEC` for a configuration, data or options that cannot be;
 * `RETRACE_SWEEP_EXISTS` for a storage that has fits where none is to be resumed, `RETRACE_SWEEP_MISMATCH` for one of other
 * rows or folds, `RETRACE_STORAGE_…`; the reason of `signal`.
 */
export async function sweep(
  configs: readonly TrialConfig[],
  data: TrialData,
  options: SweepOptions = {},
): Promise<SweepResult> {
  const settings = checkSweep(configs, data, options);
  options.signal?.throwIfAborted();
  const store = await openStore(data, settings, options);
  try {
    const trials = await runTrials(configs, { data, settings, options, store });
    const ranked = rankTrials(trials, settings.metric);
    const [best] = ranked;
    return { trials: ranked, best: best?.error ? undefined : best };
  } finally {
    await store?.close();
  }
}

async function openStore(
  data: TrialData,
  { storage, resume, folds = 0 }: SweepSettings,
  { onWarning }: SweepOptions,
): Promise<FitStore | undefined> {
  return storage && openFits({ data: dataDigest(data), folds }, { storage, resume, onWarning });
}

interface Run {
  readonly data: TrialData;
  readonly settings: SweepSettings;
  readonly options: SweepOptions;
  readonly store: FitStore | undefined;
}

/** One training to be done. */
interface Job {
  readonly trial: TrialProgress;
  /** Its place among those of its trial. */
  readonly index: number;
  readonly config: TrialConfig;
  readonly seed: number;
  readonly fold: number | undefined;
  readonly data: TrialData;
}

/** What is known so far of a trial. */
interface TrialProgress {
  readonly config: TrialConfig;
  readonly outcomes: FitOutcome[];
  /** The first job, in order, that failed. */
  failure?: { readonly index: number; readonly error: unknown };
  /** The jobs that have not ended. */
  left: number;
}

async function runTrials(configs: readonly TrialConfig[], run: Run): Promise<Trial[]> {
  const { settings, options } = run;
  const { workers } = settings;
  const trials = configs.map((config): TrialProgress => ({ config, outcomes: [], left: 0 }));
  const jobs = jobsOf(trials, run);
  const trainers = workers
    ? Array.from({ length: Math.min(workers.count, jobs.length) }, () => workerTrainer(workers.start))
    : [hereTrainer];
  const ended: Trial[] = [];
  const end = (job: Job): void => {
    if (--job.trial.left > 0) return;
    ended[trials.indexOf(job.trial)] = trialOf(job.trial);
    const done = ended.filter((trial) => trial !== undefined).length;
    options.onTrial?.(trialOf(job.trial), { done, total: trials.length });
  };
  try {
    await inLanes(
      jobs,
      trainers,
      async (job, trainer, signal) => {
        await runJob(job, trainer, run, signal);
        end(job);
      },
      options.signal,
    );
  } finally {
    await Promise.all(trainers.map((trainer) => trainer.close()));
  }
  return ended;
}

/** All trainings in order: by trial, then by seed, then by fold. */
function jobsOf(trials: readonly TrialProgress[], { data, settings: { folds, seeds } }: Run): Job[] {
  const blocks = folds === undefined ? [undefined] : blockedFolds(data.train, { folds });
  return trials.flatMap((trial) => {
    const first = trial.config.seed ?? 0;
    const jobs = Array.from({ length: seeds }, (_, k) => first + k).flatMap((seed) =>
      blocks.map((block, number) => ({
        trial,
        config: { ...trial.config, seed },
        seed,
        fold: block && number + 1,
        data: block ? { ...data, train: block.train, validation: block.test } : data,
      })),
    );
    trial.left = jobs.length;
    return jobs.map((job, index) => ({ ...job, index }));
  });
}

async function runJob(
  job: Job,
  trainer: Trainer,
  { store, options }: Run,
  signal: AbortSignal,
): Promise<void> {
  const { trial, index, config, seed, fold, data } = job;
  if (trial.failure) return;
  const known = store?.find(config, fold);
  if (known) {
    trial.outcomes[index] = known;
    return;
  }
  const { onWarning } = options;
  const told: TrainOneOptions = { signal, ...(onWarning && { onWarning }) };
  let outcome: FitOutcome;
  try {
    outcome = { seed, ...(fold !== undefined && { fold }), ...(await trainer.train(config, data, told)) };
  } catch (error) {
    signal.throwIfAborted();
    fail(trial, { index, error });
    return;
  }
  await store?.keep(config, outcome);
  trial.outcomes[index] = outcome;
}

/** Lanes end in any order; the first job in the order of jobs decides. */
function fail(trial: TrialProgress, failure: NonNullable<TrialProgress['failure']>): void {
  if (!trial.failure || failure.index < trial.failure.index) trial.failure = failure;
}

function trialOf({ config, outcomes, failure }: TrialProgress): Trial {
  return failure ? { config, error: trialError(failure.error) } : finishedTrial(config, outcomes);
}
