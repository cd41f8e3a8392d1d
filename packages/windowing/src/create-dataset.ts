import { checkInteger } from '@retrace/errors';
import type { Series } from './series.ts';
import { sliceSeries } from './slice-series.ts';
import { slidingWindows } from './sliding-windows.ts';
import type { Windows } from './windows.ts';

/**
 * Cuts a series into windows as the `create_dataset` of Mushtaq's two-feature LSTM autoencoder does: window `i` holds the
 * rows `i` to `i + lookback - 1` for every `i` below `rows - lookback`, so that the last row is in none. For figures made
 * that way; `slidingWindows` leaves no row out.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for a lookback that is no integer of at least 1.
 */
export function createDataset(series: Series, { lookback }: { readonly lookback: number }): Windows {
  checkInteger('lookback', lookback, { min: 1 });
  return slidingWindows([sliceSeries(series, 0, Math.max(0, series.time.length - 1))], { lookback });
}
