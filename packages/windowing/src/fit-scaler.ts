import { quartilesOf } from './quartiles.ts';
import { type FitScalerOptions, momentsFitter } from './scaler-fitter.ts';
import type { ScalerState } from './scaler-state.ts';
import type { Series } from './series.ts';

/**
 * Fits a scaler on the observed cells of series: give it training rows only.
 *
 * `'standard'` takes the mean and the population standard deviation, `'minmax'` the minimum and the range (to 0…1),
 * `'robust'` the median and the interquartile range, as scikit-learn's StandardScaler, MinMaxScaler and RobustScaler
 * do. A feature that does not vary gets scale 1 and is named in `constant`; one that varies outside its quartiles only
 * gets its standard deviation from `'robust'` (scikit-learn: 1). With `by: 'entity'` each entity is scaled by its own
 * rows: in a feature that does not vary in it by the spread of all, in one that it has no observed cell of by all.
 *
 * @throws `RETRACE_UNOBSERVED` for features without an observed cell; `RETRACE_NOT_FINITE` for an observed cell that
 * is not finite, or a spread too wide for float64; `RETRACE_FEATURES` if the series differ in features;
 * `RETRACE_UNSORTED` if rows are not in ascending time; `RETRACE_INVALID_ARGUMENT`.
 */
export function fitScaler(series: readonly Series[], options: FitScalerOptions = {}): ScalerState {
  const fitter = momentsFitter(options);
  fitter.add(series);
  const own = new Map<string, Series[]>();
  for (const each of series) own.set(each.id, [...(own.get(each.id) ?? []), each]);
  return fitter.finish((k, id) =>
    quartilesOf(id === undefined ? series : own.get(id)!, k, fitter.transforms[k]),
  );
}
