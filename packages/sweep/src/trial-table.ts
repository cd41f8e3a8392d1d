import { differingPaths, valueAt } from './config-paths.ts';
import type { MeanAndSpread } from './mean-and-spread.ts';
import type { FinishedTrial, Trial } from './trial.ts';
import type { TrialConfig } from './trial-config.ts';

/** A table of trials, for `formatTable` of a terminal or a report. */
export interface TrialTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

const labelled = [
  ['AP', 'averagePrecision'],
  ['ROC-AUC', 'rocAuc'],
  ['point F1', 'pointF1'],
  ['event F1', 'eventF1'],
] as const;

/**
 * Sets trials one below the other: the parts in which their configurations differ, the validation loss, its spread where a
 * trial has several fits, the metrics on labelled rows where there are some, the means of weights, epochs and seconds, and
 * the error where a trial failed.
 */
export function trialTable(trials: readonly Trial[]): TrialTable {
  const paths = differingPaths(trials.map(({ config }) => config));
  const finished = trials.filter((trial): trial is FinishedTrial => trial.error === undefined);
  const several = finished.some(({ fits }) => fits.length > 1);
  const measured = labelled.filter(([, name]) => finished.some(({ metrics }) => metrics[name]));
  const failed = finished.length < trials.length;
  type Column = readonly [name: string, cell: (trial: Trial) => string | number | null];
  const of = (pick: (trial: FinishedTrial) => number | null | undefined) => (trial: Trial) =>
    trial.error ? null : (pick(trial) ?? null);
  const mean = (name: keyof FinishedTrial['metrics']) => of(({ metrics }) => metrics[name]?.mean);
  const columns: Column[] = [
    ...paths.map((path): Column => [shortName(path, paths), ({ config }) => cellOf(valueAt(config, path))]),
    ['loss', mean('loss')],
    ...(several ? [['±', of(({ metrics }) => (metrics.loss as MeanAndSpread).spread)] as const] : []),
    ...measured.map(([title, name]): Column => [title, mean(name)]),
    ['weights', mean('parameters')],
    ['epochs', mean('epochs')],
    ['seconds', mean('seconds')],
    ...(failed ? [['error', (trial: Trial) => trial.error?.code ?? null] as const] : []),
  ];
  return {
    columns: columns.map(([name]) => name),
    rows: trials.map((trial) => columns.map(([, cell]) => cell(trial))),
  };
}

/** Writes the parts of a configuration at `paths`, such as `lookback 20, units 64x32`; names are short among `all`. */
export function settingsText(config: TrialConfig, paths: readonly string[], all: readonly string[]): string {
  return paths.map((path) => `${shortName(path, all)} ${cellOf(valueAt(config, path)) ?? '–'}`).join(', ');
}

/** The last key of a path, or the whole where another ends the same. */
export function shortName(path: string, paths: readonly string[]): string {
  const last = (each: string): string => each.split('.').at(-1)!;
  return paths.filter((other) => last(other) === last(path)).length > 1 ? path : last(path);
}

/** Writes a part of a configuration: layers such as `64x32`, and fractions as text, which no rounding shortens. */
export function cellOf(value: unknown): string | number | null {
  if (typeof value === 'number') return Number.isInteger(value) ? value : String(value);
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return null;
  const isList = Array.isArray(value) && value.every((item) => typeof item === 'number');
  return isList ? value.join('x') : JSON.stringify(value);
}
