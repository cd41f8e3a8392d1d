import { RetraceError } from '@retrace/errors';
import { columnOf } from '../column-of.ts';
import { quantileOf } from '../quantile.ts';
import { meanAndDeviation } from './mean-and-deviation.ts';
import type { SpreadPrior } from './spread-prior.ts';

/** Scales a median absolute deviation to the standard deviation of normally distributed values: 1 / Φ⁻¹(3/4). */
const madToDeviation = 1.482602218505602;

/** Where the residuals of each feature lie, and how far they spread. */
export interface FeatureSpread {
  readonly center: number[];
  readonly spread: number[];
}

/** How spreads are measured. */
export interface SpreadMeasure {
  readonly robust: boolean;
  readonly centered: boolean;
  readonly minSpread: number;
  readonly prior: SpreadPrior | undefined;
}

/**
 * Measures the residuals `[rows, features]` of each feature, `NaN` cells aside: mean and population standard
 * deviation, or with `robust` median and scaled median absolute deviation, which up to half of the rows being
 * anomalous leaves finite. Where more than half of a feature's residuals are equal its deviation from the median is
 * 0; the standard deviation takes its place. Where they are not `centered` the center is 0, and the spread measured
 * from there. A `prior` counts as rows beside those measured, its square averaged with theirs. No spread is below
 * `minSpread`.
 *
 * @throws `RETRACE_TOO_FEW_ROWS` if a feature has fewer than two residuals.
 */
export function featureSpread(
  residuals: Float64Array,
  features: readonly string[],
  { robust, centered, minSpread, prior }: SpreadMeasure,
): FeatureSpread {
  const measures = features.map((feature, index) => {
    const column = measuredColumn(columnOf(residuals, index, features.length), feature);
    const { center, spread } = measure(column, { robust, centered });
    if (!prior) return { center, spread };
    const rows = column.length + prior.rows;
    return {
      center,
      spread: Math.hypot(
        Math.sqrt(column.length / rows) * spread,
        Math.sqrt(prior.rows / rows) * prior.spread,
      ),
    };
  });
  return {
    center: measures.map(({ center }) => center),
    spread: measures.map(({ spread }) => Math.max(spread, minSpread)),
  };
}

function measure(
  column: Float64Array,
  { robust, centered }: Pick<SpreadMeasure, 'robust' | 'centered'>,
): { center: number; spread: number } {
  const { mean, deviation } = meanAndDeviation(column);
  const around = centered ? deviation : Math.hypot(mean, deviation);
  if (!robust) return { center: centered ? mean : 0, spread: around };
  const center = centered ? medianOf(column) : 0;
  const mad = medianOf(column.map((value) => Math.abs(value - center)));
  return { center, spread: mad * madToDeviation || around };
}

/**
 * Returns the residuals of a feature that are numbers.
 *
 * @throws `RETRACE_TOO_FEW_ROWS` if there are fewer than two.
 */
export function measuredColumn(residuals: Float64Array, feature: string): Float64Array {
  const column = residuals.filter((value) => !Number.isNaN(value));
  if (column.length >= 2) return column;
  throw new RetraceError(
    'RETRACE_TOO_FEW_ROWS',
    `Feature '${feature}' has ${column.length} calibration residuals; a spread needs at least 2. ` +
      "Calibrate on more rows, or use a scorer of kind 'mae' or 'mse'.",
    { feature, rows: column.length, needed: 2 },
  );
}

function medianOf(values: Float64Array): number {
  return quantileOf(values.toSorted(), 0.5);
}
