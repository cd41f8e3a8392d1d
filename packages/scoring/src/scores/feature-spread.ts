import { RetraceError } from '@retrace/errors';
import { columnOf } from '../column-of.ts';
import { quantileOf } from '../quantile.ts';
import { meanAndDeviation } from './mean-and-deviation.ts';

/** Scales a median absolute deviation to the standard deviation of normally distributed values: 1 / Φ⁻¹(3/4). */
const madToDeviation = 1.482602218505602;

/** Where the residuals of each feature lie, and how far they spread. */
export interface FeatureSpread {
  readonly center: number[];
  readonly spread: number[];
}

/**
 * Measures the residuals `[rows, features]` of each feature, `NaN` cells aside: mean and population standard
 * deviation, or with `robust` median and scaled median absolute deviation, which up to half of the rows being
 * anomalous leaves finite. Where more than half of a feature's residuals are equal its deviation from the median is
 * 0; the standard deviation takes its place. No spread is below `minSpread`.
 *
 * @throws `RETRACE_TOO_FEW_ROWS` if a feature has fewer than two residuals.
 */
export function featureSpread(
  residuals: Float64Array,
  features: readonly string[],
  { robust, minSpread }: { robust: boolean; minSpread: number },
): FeatureSpread {
  const measures = features.map((feature, index) => {
    const column = measuredColumn(columnOf(residuals, index, features.length), feature);
    const { mean, deviation } = meanAndDeviation(column);
    if (!robust) return { center: mean, spread: deviation };
    const center = medianOf(column);
    const mad = medianOf(column.map((value) => Math.abs(value - center)));
    return { center, spread: mad * madToDeviation || deviation };
  });
  return {
    center: measures.map(({ center }) => center),
    spread: measures.map(({ spread }) => Math.max(spread, minSpread)),
  };
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
