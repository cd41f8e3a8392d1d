import { argumentError, checkKeys, checkOneOf } from '@retrace/errors';
import { appendFeatures } from './append-features.ts';
import { checkSeries } from './check-series.ts';
import type { Series } from './series.ts';
import { zoneOffset } from './zone-offset.ts';

/** A cycle of the calendar: the time of day, the day of the week (whole days, from Monday), the time of year. */
export type CalendarCycle = 'hour' | 'weekday' | 'year';

export interface CalendarFeaturesOptions {
  /** Default `['hour', 'weekday']`. */
  readonly cycles?: readonly CalendarCycle[];
  /** Where the clock hangs: `'UTC'` (default), an offset such as `'+02:00'`, or a name such as `'Europe/Berlin'`. */
  readonly timeZone?: string;
}

const cycles: readonly CalendarCycle[] = ['hour', 'weekday', 'year'];

const DAY = 86_400_000;

/** The first day of 1970 was a Thursday, three days after a Monday. */
const FIRST_WEEKDAY = 3;

/**
 * Appends, for each cycle, where in it a row lies, as the sine and the cosine of an angle: `hour_sin`, `hour_cos`,
 * `weekday_sin`, …, so that 23:59 is next to 00:00. `Series.time` must be milliseconds since the epoch.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`, also for series that have such features; `RETRACE_FEATURES`; `RETRACE_UNSORTED`.
 */
export function addCalendarFeatures(
  series: readonly Series[],
  options: CalendarFeaturesOptions = {},
): Series[] {
  checkSeries(series);
  checkKeys('options', options, ['cycles', 'timeZone']);
  const chosen = options.cycles ?? ['hour', 'weekday'];
  if (!Array.isArray(chosen) || chosen.length === 0) {
    throw argumentError('cycles', 'an array of at least one cycle', chosen);
  }
  for (const [i, cycle] of chosen.entries()) checkOneOf(`cycles[${i}]`, cycle, cycles);
  const offsetAt = zoneOffset(options.timeZone ?? 'UTC');
  return series.map((each) => {
    const local = each.time.map((moment) => moment + offsetAt(moment));
    const appended = chosen.flatMap((cycle) => {
      const angles = local.map((moment) => 2 * Math.PI * phaseOf(cycle, moment));
      return [
        { name: `${cycle}_sin`, values: angles.map(Math.sin) },
        { name: `${cycle}_cos`, values: angles.map(Math.cos) },
      ];
    });
    return appendFeatures(each, appended);
  });
}

/** Where in a cycle a local time lies, in [0, 1). */
function phaseOf(cycle: CalendarCycle, local: number): number {
  const days = Math.floor(local / DAY);
  if (cycle === 'hour') return local / DAY - days;
  if (cycle === 'weekday') return ((((days + FIRST_WEEKDAY) % 7) + 7) % 7) / 7;
  const year = new Date(local).getUTCFullYear();
  const [begin, end] = [new Date(0).setUTCFullYear(year, 0, 1), new Date(0).setUTCFullYear(year + 1, 0, 1)];
  return (local - begin) / (end - begin);
}
