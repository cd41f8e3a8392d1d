import { argumentError } from '@retrace/errors';
import { checkIndex, indexAt } from './window-batch.ts';
import { isLabelled } from './window-rows.ts';
import type { Windows } from './windows.ts';

/**
 * Returns a view of the windows at `indices`, in that order; an index may occur more than once.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for an index that no window has.
 */
export function subsetWindows(windows: Windows, indices: ArrayLike<number>): Windows {
  if (typeof indices?.length !== 'number') throw argumentError('indices', 'an array of indices', indices);
  const { length } = indices;
  const chosen = new Float64Array(length);
  for (let i = 0; i < length; i++) chosen[i] = indexAt(indices, i, windows.length);
  return {
    length,
    features: windows.features,
    spec: windows.spec,
    series: windows.series,
    batch(positions, into) {
      const of = new Float64Array(positions.length);
      for (let i = 0; i < of.length; i++) {
        of[i] = chosen[indexAt(positions, i, length)]!;
      }
      return windows.batch(of, into);
    },
    origin: (index) => windows.origin(chosen[checkIndex('index', index, length)]!),
  };
}

/** Returns a view of the windows without a row, in or out, that is labelled anomalous. No batch is gathered. */
export function normalWindows(windows: Windows): Windows {
  const normal: number[] = [];
  for (let index = 0; index < windows.length; index++) {
    const origin = windows.origin(index);
    if (!isLabelled(origin.series.labels, origin, windows.spec)) normal.push(index);
  }
  return subsetWindows(windows, normal);
}
