import type { Series } from '@retrace/windowing';

/** Labels the rows of a series whose time, or row where `by` says so, lies between the ends of spans, both included. */
export function labelledBetween(
  series: Series,
  spans: readonly (readonly [from: number, to: number])[],
  by: 'time' | 'row',
): Series {
  const labels = Uint8Array.from(series.time, (time, row) => {
    const at = by === 'time' ? time : row;
    return Number(spans.some(([from, to]) => at >= from && at <= to));
  });
  return { ...series, labels };
}
