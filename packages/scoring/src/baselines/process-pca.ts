import { argumentError, checkInteger, checkKeys, checkNumber, checkOneOf } from '@retrace/errors';
import type { Series } from '@retrace/windowing';
import { quantileOf } from '../quantile.ts';
import { beside, componentPlane, whitened } from './component-plane.ts';
import { createRowBaseline, type RowBaseline } from './row-baseline.ts';
import { type TrainingRows, trainingRows } from './training-rows.ts';

const statistics = ['both', 'T²', 'SPE'] as const;

export interface ProcessPcaOptions {
  /** `'T²'`, `'SPE'` (also called Q), or `'both'` (default): the larger of the two, each over its limit. */
  readonly statistic?: (typeof statistics)[number];
  /** The share of the variance that the components must reach, above 0, at most 1. Default 0.9. */
  readonly variance?: number;
  /** The number of components, instead of a share of the variance. */
  readonly components?: number;
}

export interface ProcessPcaBaseline extends RowBaseline {
  /** How many components it keeps. */
  readonly components: number;
  /** The 99 % quantile of each statistic over the training rows. */
  readonly limits: { readonly 'T²': number; readonly SPE: number };
}

/** The quantile of the training rows that is the limit of a statistic. */
const limitQuantile = 0.99;

/** A limit below it is rounding: a statistic that is 0 over the training rows but for that. */
const leastLimit = 1e-6;

/**
 * Fits the baseline of process monitoring: principal components of standardised rows, with Hotelling's T², the squared
 * scores over their variances, and SPE, the squared distance from the plane of the components (Jackson and Mudholkar
 * 1979, "Control procedures for residuals associated with principal component analysis"; Jackson 1991). With `'both'`
 * a row scores above 1 where either exceeds its limit: the 99 % quantile of the training rows, which assumes no
 * distribution as the limits of the paper do. A row's score depends on no other row.
 *
 * Contributions are the squares of the standardised row's components by feature: of its residual for SPE, of
 * `P Λ^(−1/2) Pᵀ z` for T² (Garthwaite and Koch 2016), so that they are never negative and sum to the statistic. A
 * missing cell counts as the mean of its feature and adds nothing. The time to fit grows as `rows · features²` and
 * `features³`.
 *
 * @param training Scaled rows, each series one run without a gap.
 * @throws `RETRACE_TOO_FEW_ROWS` without rows; `RETRACE_FEATURES`; `RETRACE_NOT_FINITE`;
 * `RETRACE_INVALID_ARGUMENT`.
 */
export function processPca(training: readonly Series[], options: ProcessPcaOptions = {}): ProcessPcaBaseline {
  checkKeys('options', options, ['statistic', 'variance', 'components']);
  const { statistic = 'both', variance = 0.9, components } = options;
  checkOneOf('statistic', statistic, statistics);
  if (components !== undefined && options.variance !== undefined) {
    throw argumentError('variance', 'absent where `components` is given', variance);
  }
  checkNumber('variance', variance, { min: Number.MIN_VALUE, max: 1 });
  const read = trainingRows(training, 1);
  const width = read.features.length;
  if (components !== undefined) checkInteger('components', components, { min: 1, max: width });
  const rows = standardised(read);
  const plane = componentPlane(rows, width, components ?? { variance });
  const measured = (z: Float64Array) => ({ 'T²': whitened(z, plane), SPE: beside(z, plane) });
  const limits = limitsOf(rows, width, measured);

  return {
    ...createRowBaseline(statistic === 'both' ? 'T² or SPE' : statistic, read.features, (run) => {
      const contributions = new Float64Array(run.length);
      for (let start = 0; start < run.length; start += width) {
        const row = run.subarray(start, start + width);
        const statistics = measured(deviationsOf(row, read));
        const squares = (kind: 'T²' | 'SPE', limit: number) =>
          statistics[kind].map((value, k) => (Number.isNaN(row[k]) ? 0 : value ** 2 / limit));
        contributions.set(
          statistic === 'both'
            ? larger(squares('T²', limits['T²']), squares('SPE', limits.SPE))
            : squares(statistic, 1),
          start,
        );
      }
      return contributions;
    }),
    components: plane.vectors.length,
    limits,
  };
}

/** A row in deviations from the training rows, 0 where missing. */
function deviationsOf(row: Float64Array, { means, deviations }: TrainingRows): Float64Array {
  return row.map((value, k) => (Number.isNaN(value) ? 0 : (value - means[k]!) / deviations[k]!));
}

function standardised(read: TrainingRows): Float64Array {
  const width = read.features.length;
  const rows = new Float64Array(read.runs.reduce((sum, run) => sum + run.length, 0));
  let filled = 0;
  for (const run of read.runs) {
    for (let start = 0; start < run.length; start += width, filled += width) {
      rows.set(deviationsOf(run.subarray(start, start + width), read), filled);
    }
  }
  return rows;
}

function limitsOf(
  rows: Float64Array,
  width: number,
  measured: (z: Float64Array) => Record<'T²' | 'SPE', Float64Array>,
): ProcessPcaBaseline['limits'] {
  const count = rows.length / width;
  const values = { 'T²': new Float64Array(count), SPE: new Float64Array(count) };
  for (let row = 0; row < count; row++) {
    const statistics = measured(rows.subarray(row * width, (row + 1) * width));
    for (const kind of ['T²', 'SPE'] as const) values[kind][row] = sumOfSquares(statistics[kind]);
  }
  const limit = (of: Float64Array) => Math.max(quantileOf(of.sort(), limitQuantile), leastLimit);
  return { 'T²': limit(values['T²']), SPE: limit(values.SPE) };
}

function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function larger(one: Float64Array, other: Float64Array): Float64Array {
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  return total(one) >= total(other) ? one : other;
}
