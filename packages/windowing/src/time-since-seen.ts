import { appendFeatures } from './append-features.ts';
import { checkSeries } from './check-series.ts';
import type { Series } from './series.ts';

/**
 * Appends to every feature the time since it was last seen, in the unit of `Series.time`, as `<feature>_age`.
 *
 * The age of row t is the time from the last row before t in which the feature was observed, from the first row if there
 * is none, and 0 in the first row: δ of Che et al., "Recurrent Neural Networks for Multivariate Time Series with
 * Missing Values" (2018), equation 1.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`, also for series that have such features; `RETRACE_FEATURES`; `RETRACE_UNSORTED`.
 */
export function addTimeSinceSeen(series: readonly Series[]): Series[] {
  checkSeries(series);
  return series.map((each) => {
    const { features, time, observed } = each;
    const appended = features.map((feature, k) => {
      const values = new Float64Array(time.length);
      let seen = time[0]!;
      for (let row = 1; row < time.length; row++) {
        if (observed?.[(row - 1) * features.length + k] !== 0) seen = time[row - 1]!;
        values[row] = time[row]! - seen;
      }
      return { name: `${feature}_age`, values };
    });
    return appendFeatures(each, appended);
  });
}
