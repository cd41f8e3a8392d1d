import { checkInteger } from '@retrace/errors';
import type { Series } from './series.ts';
import { sliceSeries } from './slice-series.ts';
import { slidingWindows } from './sliding-windows.ts';
import type { Windows } from './windows.ts';

/**
 * Cuts a series into windows as the `temporalize` of Ranjan's tutorial on LSTM autoencoders (2019) does: window `i`
 * holds the rows `i + 2` to `i + lookback + 1`, so that the first two rows are in none. For figures made that way;
 * `slidingWindows` leaves no row out.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for a lookback that is no integer of at least 1.
 */
export function temporalize(series: Series, { lookback }: { readonly lookback: number }): Windows {
  checkInteger('lookback', lookback, { min: 1 });
  const skipped = Math.min(2, series.time.length);
  return slidingWindows([sliceSeries(series, skipped, series.time.length)], { lookback });
}
