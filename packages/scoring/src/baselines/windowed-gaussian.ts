import { checkInteger, checkKeys } from '@retrace/errors';
import type { Series } from '@retrace/windowing';
import { meanAndDeviation } from '../scores/mean-and-deviation.ts';
import { logNormalTail } from './log-normal-tail.ts';
import { createRowBaseline, type RowBaseline } from './row-baseline.ts';
import { trainingRows } from './training-rows.ts';

export interface WindowedGaussianOptions {
  /** How many values of a feature the window holds. Default 6400, NAB's. */
  readonly rows?: number;
  /** The window moves on when so many values have passed it. Default 100, NAB's. */
  readonly step?: number;
}

/** The deviation of a window whose values are all equal, NAB's. */
const flatDeviation = 1e-6;

/** The most deviations a value counts as, so that its square is finite. */
const mostDeviations = 1e40;

/**
 * Fits the baseline that measures each value by the normal distribution of a window of earlier values of its feature:
 * the `windowedGaussian` detector of the Numenta Anomaly Benchmark (Lavin and Ahmad 2015), whose score 1 − Q(|z|) is
 * here told as −ln(2 Q(|z|)), which orders values alike but never saturates, and averages over the features.
 *
 * The window grows to `rows` values and then moves by `step`. Each run begins with a window of training values, the
 * last ones of each training series in equal shares; without any, as NAB's, its first value scores 0. A row's score
 * depends on no later row.
 *
 * @param training Scaled rows, each series one run without a gap.
 * @throws `RETRACE_TOO_FEW_ROWS` without training rows; `RETRACE_FEATURES`; `RETRACE_NOT_FINITE`;
 * `RETRACE_INVALID_ARGUMENT`.
 */
export function windowedGaussian(
  training: readonly Series[],
  options: WindowedGaussianOptions = {},
): RowBaseline {
  checkKeys('options', options, ['rows', 'step']);
  const { rows = 6400, step = 100 } = options;
  checkInteger('rows', rows, { min: 1 });
  checkInteger('step', step, { min: 1, max: rows });
  const { features, runs } = trainingRows(training, 1);
  const width = features.length;
  const share = Math.ceil(rows / runs.length);
  const begin = features.map((_, feature) =>
    runs.flatMap((run) => presentColumn(run, feature, width).slice(-share)).slice(-rows),
  );
  return createRowBaseline('windowed Gaussian', features, (run) => {
    const contributions = new Float64Array(run.length);
    for (let feature = 0; feature < width; feature++) {
      const column = presentColumn(run, feature, width);
      const surprises = surprisesOf(column, begin[feature]!, { rows, step });
      for (let cell = feature, next = 0; cell < run.length; cell += width) {
        if (!Number.isNaN(run[cell])) contributions[cell] = surprises[next++]!;
      }
    }
    return averaged(contributions, run, width);
  });
}

function presentColumn(run: Float64Array, feature: number, features: number): number[] {
  const column: number[] = [];
  for (let cell = feature; cell < run.length; cell += features) {
    if (!Number.isNaN(run[cell])) column.push(run[cell]!);
  }
  return column;
}

/** −ln(2 Q(|z|)) of each value by the window before it. */
function surprisesOf(
  column: readonly number[],
  begin: readonly number[],
  { rows, step }: Required<WindowedGaussianOptions>,
): Float64Array {
  const values = Float64Array.from([...begin, ...column]);
  const surprises = new Float64Array(column.length);
  let { mean, deviation } = meanAndDeviation(values.subarray(0, begin.length));
  let squares = begin.length > 0 ? deviation ** 2 * begin.length : 0;
  for (let end = begin.length; end < values.length; end++) {
    const value = values[end]!;
    if (end > 0) {
      const z = Math.abs(value - mean) / (deviation || flatDeviation);
      surprises[end - begin.length] = logNormalTail(Math.min(z, mostDeviations));
    }
    if (end < rows) {
      const difference = value - mean;
      mean += difference / (end + 1);
      squares += difference * (value - mean);
      deviation = Math.sqrt(squares / (end + 1));
    } else if ((end + 1 - rows) % step === 0) {
      ({ mean, deviation } = meanAndDeviation(values.subarray(end + 1 - rows, end + 1)));
    }
  }
  return surprises;
}

/** Divides what the cells add by how many of their row are there. */
function averaged(contributions: Float64Array, run: Float64Array, features: number): Float64Array {
  for (let start = 0; start < run.length; start += features) {
    let present = 0;
    for (let cell = start; cell < start + features; cell++) if (!Number.isNaN(run[cell])) present++;
    for (let cell = start; cell < start + features; cell++) contributions[cell]! /= present || 1;
  }
  return contributions;
}
