import type { Series } from '@retrace/windowing';

/**
 * Tells how to write the times of series: as dates in UTC, ISO 8601, if the first is 1e11 ms (1973) or later, as
 * reports do, else as the numbers they are.
 */
export function timeText(series: readonly Pick<Series, 'time'>[]): (time: number) => string {
  const isDate = series.some(({ time }) => time[0]! >= 1e11);
  return (time) => (isDate ? new Date(time).toISOString().replace('.000Z', 'Z') : String(time));
}
