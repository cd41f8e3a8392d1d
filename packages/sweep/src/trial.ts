import { isRetraceError } from '@retrace/errors';
import type { EpochLog } from '@retrace/training';
import { type MeanAndSpread, meanAndSpread } from './mean-and-spread.ts';
import type { TrialConfig } from './trial-config.ts';
import type { ComparedMetric, TrialMetrics } from './trial-metrics.ts';

/** One training of a trial. */
export interface TrialFit {
  readonly seed: number;
  /** The block of rows that validated, from 1; absent without folds. */
  readonly fold?: number;
  readonly metrics: TrialMetrics;
  readonly history: readonly EpochLog[];
}

/** Why a trial failed: plain JSON. */
export interface TrialError {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The mean and the spread over the fits of a trial; null where one of them has none. */
export type MetricsSummary = { readonly [name in keyof TrialMetrics]: MeanAndSpread | null };

/** A configuration that was trained with every seed on every fold. */
export interface FinishedTrial {
  readonly config: TrialConfig;
  readonly error?: undefined;
  readonly metrics: MetricsSummary & { readonly loss: MeanAndSpread };
  /** By seed, then fold. */
  readonly fits: readonly TrialFit[];
  /** The detector of each fit, for `loadDetector`. */
  readonly files: readonly Uint8Array[];
}

/** A configuration of which a fit failed. */
export interface FailedTrial {
  readonly config: TrialConfig;
  /** That of its first fit that failed. */
  readonly error: TrialError;
}

export type Trial = FinishedTrial | FailedTrial;

/** A fit with the file of its detector. */
export type FitOutcome = TrialFit & { readonly file: Uint8Array };

/** Puts the fits of a configuration together. */
export function finishedTrial(config: TrialConfig, outcomes: readonly FitOutcome[]): FinishedTrial {
  const names = Object.keys(outcomes[0]!.metrics) as (keyof TrialMetrics)[];
  const summary = Object.fromEntries(
    names.map((name) => {
      const values = outcomes.map(({ metrics }) => metrics[name]).filter((value) => value !== null);
      return [name, values.length === outcomes.length ? meanAndSpread(values) : null];
    }),
  );
  return {
    config,
    metrics: summary as FinishedTrial['metrics'],
    fits: outcomes.map(({ file: _, ...fit }) => fit),
    files: outcomes.map(({ file }) => file),
  };
}

/** Says why a fit failed, whatever was thrown. */
export function trialError(error: unknown): TrialError {
  if (isRetraceError(error)) {
    const { code, message, details } = error;
    return { code, message, details };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'RETRACE_TRIAL_FAILED', message: `The trial failed: ${message}`, details: {} };
}

/** Orders trials from the best to the worst, then those without the metric, then those that failed. */
export function rankTrials(trials: readonly Trial[], metric: ComparedMetric): Trial[] {
  const rank = (trial: Trial): number => {
    if (trial.error) return Infinity;
    const value = trial.metrics[metric]?.mean;
    if (value === undefined) return Number.MAX_VALUE;
    return metric === 'loss' ? value : -value;
  };
  const ranked = trials.map((trial) => ({ trial, rank: rank(trial) }));
  return ranked.sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank)).map(({ trial }) => trial);
}
