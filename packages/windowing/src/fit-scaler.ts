import { checkKeys, checkOneOf, RetraceError } from '@retrace/errors';
import { checkSeries } from './check-series.ts';
import { type ColumnMoments, columnMoments } from './column-moments.ts';
import { columnQuartiles } from './column-quartiles.ts';
import { type ScalerKind, type ScalerState, scalerKinds } from './scaler-state.ts';
import type { Series } from './series.ts';

export interface FitScalerOptions {
  /** Default 'standard'. */
  readonly kind?: ScalerKind;
}

/**
 * Fits a scaler on the observed cells of series, pooled over all of them: give it training rows only.
 *
 * `'standard'` takes the mean and the population standard deviation, `'minmax'` the minimum and the range (to 0…1),
 * `'robust'` the median and the interquartile range, as scikit-learn's StandardScaler, MinMaxScaler and RobustScaler
 * do. A feature that does not vary gets scale 1 and is named in `constant`; one that varies outside its quartiles only
 * gets its standard deviation from `'robust'` (scikit-learn: 1).
 *
 * @throws `RETRACE_UNOBSERVED` for features without an observed cell; `RETRACE_NOT_FINITE` for an observed cell that
 * is not finite, or a spread too wide for float64; `RETRACE_FEATURES` if the series differ in features;
 * `RETRACE_UNSORTED` if rows are not in ascending time; `RETRACE_INVALID_ARGUMENT`.
 */
export function fitScaler(series: readonly Series[], options: FitScalerOptions = {}): ScalerState {
  checkSeries(series);
  checkKeys('options', options, ['kind']);
  const kind = checkOneOf('kind', options.kind ?? 'standard', scalerKinds);
  const { features } = series[0]!;
  const moments = columnMoments(series);
  checkObserved(features, moments);
  const center: number[] = [];
  const scale: number[] = [];
  const constant: string[] = [];
  for (const [k, feature] of features.entries()) {
    const [middle, spread] = spreadOf(kind, series, moments, k);
    if (!Number.isFinite(middle) || !Number.isFinite(spread)) throw overflowError(feature, moments, k);
    center.push(middle);
    scale.push(spread === 0 ? 1 : spread);
    if (spread === 0) constant.push(feature);
  }
  return { format: 'retrace-scaler', version: 1, kind, features: [...features], center, scale, constant };
}

/** The centre and the spread of a feature; a spread of 0 is a feature that does not vary. */
function spreadOf(
  kind: ScalerKind,
  series: readonly Series[],
  { count, mean, squares, min, max }: ColumnMoments,
  k: number,
): [middle: number, spread: number] {
  if (min[k] === max[k]) return [min[k]!, 0];
  if (kind === 'minmax') return [min[k]!, max[k]! - min[k]!];
  const deviation = Math.sqrt(squares[k]! / count[k]!);
  if (kind === 'standard') return [mean[k]!, deviation];
  const [lower, median, upper] = columnQuartiles(series, k, count[k]!);
  return [median, upper - lower || deviation];
}

function checkObserved(features: readonly string[], { count }: ColumnMoments): void {
  const missing = features.filter((_, k) => count[k] === 0);
  if (missing.length === 0) return;
  throw new RetraceError(
    'RETRACE_UNOBSERVED',
    `Every feature must have an observed cell to be scaled by. Received none for: ${missing.join(', ')}. ` +
      'Leave these features out, or give more rows.',
    { features: missing },
  );
}

function overflowError(feature: string, { min, max }: ColumnMoments, k: number): RetraceError {
  return new RetraceError(
    'RETRACE_NOT_FINITE',
    `The spread of '${feature}' must be finite. Received: values from ${min[k]} to ${max[k]}, too far apart for ` +
      'float64. Repair the values or change their unit.',
    { feature, min: min[k], max: max[k] },
  );
}
