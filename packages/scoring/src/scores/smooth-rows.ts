import type { Run } from '@retrace/windowing';
import { createSmoother } from './smoother.ts';
import type { Smoothing } from './smoothing.ts';

/**
 * Smooths each row of `values` (`[rows, columns]`) over itself and the earlier rows of its run. A row of `NaN` stays `NaN`
 * and does not age the others.
 */
export function smoothRows(
  values: Float64Array,
  columns: number,
  smoothing: Smoothing,
  runs: readonly Run[],
): void {
  const smoother = createSmoother(smoothing, columns);
  for (const [from, to] of runs) {
    smoother.restart();
    for (let row = from; row < to; row++) {
      const cells = values.subarray(row * columns, (row + 1) * columns);
      if (!Number.isNaN(cells[0])) smoother.smooth(cells);
    }
  }
}
