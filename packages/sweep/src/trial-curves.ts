import { argumentError } from '@retrace/errors';
import { differingPaths, valueAt } from './config-paths.ts';
import type { FinishedTrial, Trial } from './trial.ts';
import type { ComparedMetric } from './trial-metrics.ts';
import { cellOf, settingsText, shortName } from './trial-table.ts';

export interface TrialCurvesOptions {
  /** The path that runs along the horizontal axis. Default the first at which configurations differ, in numbers if any does. */
  readonly path?: string;
  /** Default the validation loss. */
  readonly metric?: ComparedMetric;
}

/** A metric over one part of configurations, a curve for each combination of the others: for `curvesChart`. */
export interface TrialCurves {
  readonly x: string;
  readonly y: string;
  /** The values of the part, ascending if they are numbers. */
  readonly ticks: readonly string[];
  readonly curves: readonly {
    readonly name: string;
    readonly points: readonly {
      /** The position in `ticks`. */
      readonly tick: number;
      readonly value: number;
      readonly spread: number | null;
    }[];
  }[];
}

const metricNames: Readonly<Record<ComparedMetric, string>> = {
  loss: 'validation loss',
  averagePrecision: 'average precision',
  rocAuc: 'ROC-AUC',
  pointF1: 'point F1',
  eventF1: 'event F1',
};

/**
 * Lays the trials of a grid out as curves; those that failed, or lack the metric, are left out.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if the configurations do not differ, or not at `path`.
 */
export function trialCurves(trials: readonly Trial[], options: TrialCurvesOptions = {}): TrialCurves {
  const { metric = 'loss' } = options;
  const paths = differingPaths(trials.map(({ config }) => config));
  const numeric = (path: string): boolean =>
    trials.every(({ config }) => typeof valueAt(config, path) === 'number');
  const path = options.path ?? paths.find(numeric) ?? paths[0];
  if (path === undefined || !paths.includes(path))
    throw argumentError(
      'path',
      `one at which the configurations differ (${paths.join(', ') || 'none'})`,
      path,
    );

  const values = [...new Set(trials.map(({ config }) => cellOf(valueAt(config, path)) ?? '–'))];
  if (numeric(path)) values.sort((a, b) => Number(a) - Number(b));
  const ticks = values.map(String);
  const others = paths.filter((other) => other !== path);
  const curves = new Map<string, TrialCurves['curves'][number]['points'][number][]>();
  for (const trial of finishedOf(trials)) {
    const found = trial.metrics[metric];
    if (!found) continue;
    const name = settingsText(trial.config, others, paths);
    const points = curves.get(name) ?? [];
    const tick = ticks.indexOf(String(cellOf(valueAt(trial.config, path)) ?? '–'));
    points.push({ tick, value: found.mean, spread: found.spread });
    curves.set(name, points);
  }
  return {
    x: shortName(path, paths),
    y: metricNames[metric],
    ticks,
    curves: [...curves]
      .map(([name, points]) => ({ name, points: points.sort((a, b) => a.tick - b.tick) }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
  };
}

function finishedOf(trials: readonly Trial[]): FinishedTrial[] {
  return trials.filter((trial): trial is FinishedTrial => trial.error === undefined);
}
