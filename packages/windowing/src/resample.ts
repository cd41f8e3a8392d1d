import { argumentError, checkKeys, checkNumber, checkOneOf } from '@retrace/errors';
import { checkSeries } from './check-series.ts';
import { type GridRun, gridIndex, type ResampleRule, resampleRun } from './resample-run.ts';
import { runs } from './runs.ts';
import type { Series } from './series.ts';

export interface ResampleOptions {
  /** The distance of the grid, in the unit of `Series.time`. Its moments are the multiples of it. */
  readonly every: number;
  /** One rule for all features, or one for each feature by name. Default `'last'`. */
  readonly rule?: ResampleRule | Readonly<Record<string, ResampleRule>>;
  /** Steps of time longer than this are not filled: the grid has a gap too. At least `2 * every`. Default Infinity. */
  readonly maxGap?: number;
}

/** A series on a grid, with a mask of what was really observed: a filled cell is a cell like others to a network. */
export interface ResampledSeries extends Series {
  /** `[rows, features]`, 1 where a value was observed since the moment before, 0 where the cell is filled or missing. */
  readonly measured: Uint8Array;
}

const rules: readonly ResampleRule[] = ['last', 'mean', 'linear', 'none'];

/** Two gibibytes of float64: more is a grid in the wrong unit. */
const MOST_CELLS = 2 ** 28;

/**
 * Lays series on a regular grid of time.
 *
 * The moment g of the grid stands for the rows in (g - every, g]: every row counts once, and nothing but `'linear'`
 * looks ahead. A row of the grid is labelled if any row that it stands for is, or, if it stands for none, if the row
 * before it is. Windows of the result split at the gaps left with `maxGap: every`.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`, also if the grid had more than 2²⁸ cells; `RETRACE_FEATURES`; `RETRACE_UNSORTED`.
 */
export function resample(series: readonly Series[], options: ResampleOptions): ResampledSeries[] {
  checkSeries(series);
  checkKeys('options', options, ['every', 'rule', 'maxGap']);
  const { every, maxGap = Infinity } = options;
  checkNumber('every', every, { min: Number.MIN_VALUE });
  if (typeof maxGap !== 'number' || !(maxGap >= 2 * every)) {
    throw argumentError('maxGap', `at least ${2 * every}, twice \`every\``, maxGap);
  }
  const { features } = series[0]!;
  const ruleOf = rulesOf(features, options.rule ?? 'last');
  const laid = series.map((each) =>
    runs(each, maxGap).map(([from, to]) => ({
      from,
      to,
      first: gridIndex(each.time[from]!, every),
      last: gridIndex(each.time[to - 1]!, every),
    })),
  );
  const rows = laid.flat().reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (!(rows * features.length <= MOST_CELLS)) {
    const remedy = 'Choose a longer one, in the unit of `Series.time`, or a `maxGap`.';
    throw argumentError('every', `long enough for a grid of at most ${MOST_CELLS} cells`, every, remedy);
  }
  return series.map((each, entity) => gridOf(each, laid[entity]!, every, ruleOf));
}

function rulesOf(features: readonly string[], rule: ResampleOptions['rule']): readonly ResampleRule[] {
  if (typeof rule !== 'object' || rule === null) {
    const one = checkOneOf('rule', rule, rules);
    return features.map(() => one);
  }
  checkKeys('rule', rule, features);
  return features.map((feature) => {
    const own = Object.hasOwn(rule, feature) ? rule[feature] : undefined;
    return checkOneOf(`rule.${feature}`, own, rules);
  });
}

function gridOf(
  series: Series,
  laid: readonly GridRun[],
  every: number,
  ruleOf: readonly ResampleRule[],
): ResampledSeries {
  const { id, features, labels } = series;
  const rows = laid.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const cells = rows * features.length;
  const grid = {
    time: new Float64Array(rows),
    values: new Float64Array(cells).fill(Number.NaN),
    measured: new Uint8Array(cells),
    ...(labels && { labels: new Uint8Array(rows) }),
  };
  let at = 0;
  for (const run of laid) {
    resampleRun(series, run, every, ruleOf, grid, at);
    at += run.last - run.first + 1;
  }
  const observed = Uint8Array.from(grid.values, (value) => (Number.isNaN(value) ? 0 : 1));
  return { id, features, ...grid, ...(observed.includes(0) && { observed }) };
}
