import { cellError } from './cell-error.ts';
import { type Scaling, scaleCell } from './scaling.ts';
import type { Series } from './series.ts';

/** Refuses a series with an observed cell that is not finite as float32 once scaled (`RETRACE_NOT_FINITE`). */
export function checkFloat32(series: Series, scaling: Scaling | undefined): void {
  const { id, features, values, observed } = series;
  const width = features.length;
  for (let cell = 0, k = 0; cell < values.length; cell++, k = k + 1 === width ? 0 : k + 1) {
    const value = values[cell]!;
    const rounded = Math.fround(scaling ? scaleCell(scaling, k, value) : value);
    if (rounded - rounded === 0 || observed?.[cell] === 0) continue;
    const remedy = Number.isFinite(value)
      ? `It does not fit in float32${scaling ? ', even scaled' : ': give `slidingWindows` a scaler'}.`
      : 'Mark a missing cell with 0 in `observed`.';
    const [row, feature] = [Math.floor(cell / width), features[k]!];
    throw cellError({ owner: `series '${id}'`, row, feature }, value, remedy);
  }
}
