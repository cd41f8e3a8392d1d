import { checkKeys } from '@retrace/errors';
import { checkFeatures, checkSeries } from './check-series.ts';
import { checkDifferenceState, type DifferenceState, type RunStart } from './difference-state.ts';
import { runs } from './runs.ts';
import type { Series } from './series.ts';

export interface DifferenceOptions {
  /** Steps of time longer than this are not differenced over. Default Infinity. */
  readonly maxGap?: number;
}

export interface Differenced {
  readonly series: Series[];
  /** What {@link undifference} starts from. */
  readonly state: DifferenceState;
}

/**
 * Replaces every observed cell by its difference from the last observed cell of its feature, the first of each run of
 * rows without a gap by 0. Rows, times and missing cells stay as they are.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`; `RETRACE_FEATURES`; `RETRACE_UNSORTED`.
 */
export function difference(series: readonly Series[], options: DifferenceOptions = {}): Differenced {
  checkSeries(series);
  checkKeys('options', options, ['maxGap']);
  const starts = series.map((each) =>
    runs(each, options.maxGap).map(
      ([row, end]): RunStart => ({ row, values: firstObserved(each, row, end) }),
    ),
  );
  const { features } = series[0]!;
  return {
    series: series.map((each, entity) =>
      throughRuns(each, starts[entity]!, (value, last) => [value - last, value]),
    ),
    state: { format: 'retrace-difference', version: 1, features: [...features], starts },
  };
}

/**
 * Undoes {@link difference}, to rounding in float64, for series of the same rows: sums differences up from where each run
 * started.
 *
 * @throws `RETRACE_DIFFERENCE_STATE` for a state that `difference` did not make of series of as many rows;
 * `RETRACE_FEATURES`; `RETRACE_UNSORTED`; `RETRACE_INVALID_ARGUMENT`.
 */
export function undifference(series: readonly Series[], state: DifferenceState): Series[] {
  checkSeries(series);
  const { features, starts } = checkDifferenceState(state, series);
  checkFeatures(series[0]!, features);
  return series.map((each, entity) =>
    throughRuns(each, starts[entity]!, (value, last) => [last + value, last + value]),
  );
}

/** `[features]`, null where a feature is missing in all of the rows. */
function firstObserved({ features, values, observed }: Series, from: number, to: number): (number | null)[] {
  return features.map((_, k) => {
    for (let row = from; row < to; row++) {
      const cell = row * features.length + k;
      if (observed?.[cell] !== 0) return values[cell]!;
    }
    return null;
  });
}

/** Changes the observed cells of each run in order, handing on what is `last` from cell to cell of a feature. */
function throughRuns(
  series: Series,
  starts: readonly RunStart[],
  change: (value: number, last: number) => readonly [changed: number, last: number],
): Series {
  const { features, values, observed, time } = series;
  const width = features.length;
  const result = Float64Array.from(values);
  for (const [piece, { row, values: start }] of starts.entries()) {
    const end = starts[piece + 1]?.row ?? time.length;
    const lasts = start.map((value) => value ?? 0);
    for (let cell = row * width, k = 0; cell < end * width; cell++, k = k + 1 === width ? 0 : k + 1) {
      if (observed?.[cell] === 0) continue;
      const [changed, last] = change(values[cell]!, lasts[k]!);
      result[cell] = changed;
      lasts[k] = last;
    }
  }
  return { ...series, values: result };
}
