import type { Series } from '@retrace/windowing';

/** Tells dates from counters: dates begin at 1e11 ms (1973) or later. Reports draw them by the same rule. */
export function hasDates(series: readonly Pick<Series, 'time'>[]): boolean {
  return series.some(({ time }) => time[0]! >= 1e11);
}

/** Makes the function that writes the times of series: dates as ISO 8601 in UTC, counters as the numbers they are. */
export function timeText(series: readonly Pick<Series, 'time'>[]): (time: number) => string {
  const isDate = hasDates(series);
  return (time) => (isDate ? new Date(time).toISOString().replace('.000Z', 'Z') : String(time));
}
