import { argumentError } from '@retrace/errors';
import { cellError } from './cell-error.ts';
import { checkSeries } from './check-series.ts';
import { checkScalerState, type ScalerState, scalingFor } from './scaler-state.ts';
import type { Series } from './series.ts';

/**
 * Returns the series with every cell as `(value - center) / scale`, in float64; missing cells stay NaN.
 *
 * To scale while windows are gathered, without a scaled copy of the rows, give the state to `slidingWindows`.
 *
 * @throws `RETRACE_FEATURES` if the features are not those of the state, in its order; `RETRACE_NOT_FINITE` if an
 * observed cell is not finite once scaled; `RETRACE_UNSORTED` if rows are not in ascending time; `RETRACE_SCALER_STATE`;
 * `RETRACE_INVALID_ARGUMENT`.
 */
export function scale(series: readonly Series[], state: ScalerState): Series[] {
  return withValues(series, state, (value, center, spread) => (value - center) / spread);
}

/** Undoes {@link scale}: every cell becomes `value * scale + center`, in float64; throws what `scale` throws. */
export function unscale(series: readonly Series[], state: ScalerState): Series[] {
  return withValues(series, state, (value, center, spread) => value * spread + center);
}

/**
 * Undoes {@link scale} for a plain `[rows, features]` array, such as a reconstruction; NaN stays NaN.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if the values are not whole rows of the features of the state;
 * `RETRACE_SCALER_STATE`.
 */
export function unscaleValues(values: Float32Array | Float64Array, state: ScalerState): Float64Array {
  const { center, scale, features } = checkScalerState(state);
  const width = features.length;
  if (values.length % width !== 0) {
    throw argumentError('values', `whole rows of ${width} features`, values);
  }
  const result = new Float64Array(values.length);
  for (let cell = 0; cell < values.length; cell++) {
    result[cell] = values[cell]! * scale[cell % width]! + center[cell % width]!;
  }
  return result;
}

function withValues(
  series: readonly Series[],
  state: ScalerState,
  change: (value: number, center: number, scale: number) => number,
): Series[] {
  checkSeries(series);
  const { center, scale } = scalingFor(series[0]!, state);
  const width = center.length;
  return series.map((each) => {
    const values = new Float64Array(each.values.length);
    for (let cell = 0, k = 0; cell < values.length; cell++, k = k + 1 === width ? 0 : k + 1) {
      const value = each.values[cell]!;
      const changed = change(value, center[k]!, scale[k]!);
      values[cell] = changed;
      if (changed - changed === 0 || each.observed?.[cell] === 0) continue;
      const remedy = `It becomes ${changed}: repair the value, or fit the scaler on rows like it.`;
      const [row, feature] = [Math.floor(cell / width), each.features[k]!];
      throw cellError({ owner: `series '${each.id}'`, row, feature }, value, remedy);
    }
    return { ...each, values };
  });
}
