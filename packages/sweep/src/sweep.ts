import { dataDigest } from './data-digest.ts';
import { type FitStore, openFits } from './fit-store.ts';
import { runTrials } from './run-trials.ts';
import { checkSweep, type SweepOptions, type SweepSettings } from './sweep-options.ts';
import { type FinishedTrial, rankTrials, type Trial } from './trial.ts';
import type { TrialConfig } from './trial-config.ts';
import type { TrialData } from './trial-data.ts';

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
