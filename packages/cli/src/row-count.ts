import type { Series } from '@retrace/windowing';

/** Counts the rows of series. */
export function rowCount(series: readonly Pick<Series, 'time'>[]): number {
  return series.reduce((sum, { time }) => sum + time.length, 0);
}
