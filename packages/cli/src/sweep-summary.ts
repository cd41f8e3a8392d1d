import { type FinishedTrial, type SweepResult, type Trial, trialTable } from '@retrace/sweep';
import { countOf } from './count-of.ts';
import { formatTable } from './format-table.ts';

/** A sweep to be told of. */
export interface ToldSweep {
  readonly result: SweepResult;
  readonly best: FinishedTrial;
  /** The rank of trials, as its flag names it. */
  readonly metric: string;
  /** The path of the best trial's detector, if it was asked for. */
  readonly out: string | undefined;
  readonly plot: string | undefined;
}

/** Tells of a sweep as plain JSON, without the files. */
export function sweepSummary({ result, out, plot, metric }: ToldSweep): Record<string, unknown> {
  const plain = (trial: Trial): object => {
    if (trial.error) return trial;
    const { config, metrics, fits } = trial;
    return { config, metrics, fits: fits.map(({ seed, fold, metrics }) => ({ seed, fold, metrics })) };
  };
  return {
    metric,
    trials: result.trials.map(plain),
    ...(out !== undefined && { detector: out }),
    ...(plot !== undefined && { plot }),
  };
}

/** Tells of a sweep as a table, the best trial first, and what was written. */
export function sweepSummaryText({ result, best, metric, out, plot }: ToldSweep): string {
  const { trials } = result;
  const failed = trials.filter(({ error }) => error);
  const fits = best.fits.length;
  const notes = [
    `${countOf(trials.length, 'trial')} of ${countOf(fits, 'fit')} each, by ${metric === 'loss' ? 'validation loss, the lowest' : `${metric}, the highest`} first` +
      `${fits > 1 ? '; means over fits, ±: the standard deviation of the loss' : ''}`,
    ...failed.map(({ error }) => `failed: ${error!.message}`),
    ...(out === undefined ? [] : [`${out}: a detector of the first`]),
    ...(plot === undefined ? [] : [`${plot}: the plot`]),
  ];
  return `${formatTable(trialTable(trials))}\n${[...new Set(notes)].join('\n')}\n`;
}
