import { argumentError } from '@retrace/errors';
import { cellError } from './cell-error.ts';
import { checkSeries } from './check-series.ts';
import type { ScalerState } from './scaler-state.ts';
import { type Scaling, scaleCell, scalingsFor, scalingsOf, unscaleCell } from './scaling.ts';
import type { Series } from './series.ts';

/**
 * Returns the series with every cell as `(value - center) / scale`, in float64; missing cells stay NaN.
 *
 * To scale while windows are gathered, without a scaled copy of the rows, give the state to `slidingWindows`.
 *
 * @throws `RETRACE_FEATURES` if the features are not those of the state, in its order; `RETRACE_NOT_FINITE` if an
 * observed cell is not finite once scaled; `RETRACE_UNSEEN_ENTITY` if the state refuses entities that it has not seen;
 * `RETRACE_UNSORTED` if rows are not in ascending time; `RETRACE_SCALER_STATE`; `RETRACE_INVALID_ARGUMENT`.
 */
export function scale(series: readonly Series[], state: ScalerState): Series[] {
  return withValues(series, state, scaleCell);
}

/** Undoes {@link scale}: every cell becomes `value * scale + center`, in float64; throws what `scale` throws. */
export function unscale(series: readonly Series[], state: ScalerState): Series[] {
  return withValues(series, state, unscaleCell);
}

/**
 * Undoes {@link scale} for a plain `[rows, features]` array, such as a reconstruction; NaN stays NaN.
 *
 * @param id The entity whose rows these are. Default: none, which the pooled scaling serves.
 * @throws `RETRACE_INVALID_ARGUMENT` if the values are not whole rows of the features of the state;
 * `RETRACE_UNSEEN_ENTITY`; `RETRACE_SCALER_STATE`.
 */
export function unscaleValues(
  values: Float32Array | Float64Array,
  state: ScalerState,
  id?: string,
): Float64Array {
  return unscaler(state)(values, id);
}

/** Compiles a state once for any number of calls of {@link unscaleValues}, which throw what that throws. */
export function unscaler(
  state: ScalerState,
): (values: Float32Array | Float64Array, id?: string) => Float64Array {
  const scalingOf = scalingsOf(state);
  return (values, id) => {
    const scaling = scalingOf(id);
    const width = scaling.center.length;
    if (values.length % width !== 0) {
      throw argumentError('values', `whole rows of ${width} features`, values);
    }
    const result = new Float64Array(values.length);
    for (let cell = 0; cell < values.length; cell++) {
      result[cell] = unscaleCell(scaling, cell % width, values[cell]!);
    }
    return result;
  };
}

function withValues(
  series: readonly Series[],
  state: ScalerState,
  change: (scaling: Scaling, k: number, value: number) => number,
): Series[] {
  checkSeries(series);
  const scalings = scalingsFor(series, state);
  return series.map((each, entity) => {
    const scaling = scalings[entity]!;
    const width = scaling.center.length;
    const values = new Float64Array(each.values.length);
    for (let cell = 0, k = 0; cell < values.length; cell++, k = k + 1 === width ? 0 : k + 1) {
      const value = each.values[cell]!;
      const changed = change(scaling, k, value);
      values[cell] = changed;
      if (changed - changed === 0 || each.observed?.[cell] === 0) continue;
      const remedy = `It becomes ${changed}: repair the value, or fit the scaler on rows like it.`;
      const [row, feature] = [Math.floor(cell / width), each.features[k]!];
      throw cellError({ owner: `series '${each.id}'`, row, feature }, value, remedy);
    }
    return { ...each, values };
  });
}
