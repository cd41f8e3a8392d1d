import { blockedFolds } from '@retrace/windowing';
import { differingPaths } from './config-paths.ts';
import type { FitStore } from './fit-store.ts';

import { inLanes } from './in-lanes.ts';
import type { SweepOptions, SweepSettings } from './sweep-options.ts';
import type { TrainOneOptions } from './train-one.ts';
import { hereTrainer, type Trainer } from './trainer.ts';
import { type FitOutcome, finishedTrial, type Trial, trialError } from './trial.ts';
import type { TrialConfig } from './trial-config.ts';
import type { TrialData } from './trial-data.ts';
import { settingsText } from './trial-table.ts';
import { workerTrainer } from './worker/worker-trainer.ts';

/** A sweep that has been checked. */
export interface SweepRun {
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
  /** What sets it apart, to begin its warnings with. */
  readonly name: string;
  readonly outcomes: FitOutcome[];
  /** The first job, in order, that failed. */
  failure?: { readonly index: number; readonly error: unknown };
  /** The jobs that have not ended. */
  left: number;
}

/**
 * Trains every configuration with every seed on every fold, and resolves to the trials in the order of `configs`.
 *
 * @throws What the storage throws; the reason of `options.signal`.
 */
export async function runTrials(configs: readonly TrialConfig[], run: SweepRun): Promise<Trial[]> {
  const { settings, options } = run;
  const { workers } = settings;
  const paths = differingPaths(configs);
  const trials = configs.map((config): TrialProgress => {
    const name = paths.length > 0 ? `Trial of ${settingsText(config, paths, paths)}: ` : '';
    return { config, name, outcomes: [], left: 0 };
  });
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
function jobsOf(trials: readonly TrialProgress[], { data, settings: { folds, seeds } }: SweepRun): Job[] {
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
  { store, options }: SweepRun,
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
  const told: TrainOneOptions = {
    signal,
    ...(onWarning && { onWarning: (message) => onWarning(`${trial.name}${message}`) }),
  };
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
