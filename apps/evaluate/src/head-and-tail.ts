import { type Series, sliceSeries } from '@retrace/windowing';

/** Cuts a series in two: the first share of its rows, and the others. */
export function headAndTail(series: Series, share: number): readonly [head: Series, tail: Series] {
  const rows = series.time.length;
  const cut = Math.round(share * rows);
  return [sliceSeries(series, 0, cut), sliceSeries(series, cut, rows)];
}
