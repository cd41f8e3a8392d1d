import { appendFeatures } from './append-features.ts';
import { checkSeries } from './check-series.ts';
import type { ResampledSeries } from './resample.ts';
import type { Series } from './series.ts';

/**
 * Appends to every feature whether it was really observed, 1 or 0, as `<feature>_seen`: by `measured` where `resample`
 * made the series, by `observed` elsewhere. A network cannot tell a filled or a missing cell from a true one without.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`, also for series that have such features; `RETRACE_FEATURES`; `RETRACE_UNSORTED`.
 */
export function addMaskFeatures(series: readonly (Series | ResampledSeries)[]): Series[] {
  checkSeries(series);
  return series.map((each) => {
    const width = each.features.length;
    const seen = 'measured' in each ? each.measured : each.observed;
    const appended = each.features.map((feature, k) => ({
      name: `${feature}_seen`,
      values: new Float64Array(each.time.length).map((_, row) => seen?.[row * width + k] ?? 1),
    }));
    return appendFeatures(each, appended);
  });
}
