import { checkInteger } from '@retrace/errors';
import type { Series } from './series.ts';
import { slidingWindows } from './sliding-windows.ts';
import type { Windows } from './windows.ts';

/**
 * Cuts a series into windows as the `create_dataset` of Keras tutorials does: window `i` holds the rows `i` to
 * `i + lookback - 1`, its target is the row after them, so that the last row is in no window but as a target.
 *
 * It is `slidingWindows` with a horizon of 1, under the name that figures made that way are published under.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for a lookback that is no integer of at least 1.
 */
export function createDataset(series: Series, { lookback }: { readonly lookback: number }): Windows {
  checkInteger('lookback', lookback, { min: 1 });
  return slidingWindows([series], { lookback, horizon: 1 });
}
