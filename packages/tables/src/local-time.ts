import { zoneOffset } from '@retrace/windowing';

const DAY = 86_400_000;

/**
 * Returns a function that turns what a clock in a time zone showed, as milliseconds since 1970 by that clock, into
 * milliseconds since the epoch.
 *
 * Where clocks were put back, what they showed twice is taken for the first time; what they skipped when they were put
 * forward is taken as if they had not been yet, which is an hour later by the new clock. So does ECMAScript's `Date`.
 *
 * @param timeZone `'UTC'`, an offset such as `'+02:00'`, or an IANA name such as `'Europe/Berlin'`.
 * @throws `RETRACE_INVALID_ARGUMENT` for a zone that the platform does not know.
 */
export function fromLocalTime(timeZone: string): (local: number) => number {
  const offsetAt = zoneOffset(timeZone);
  const offsets = new Map<number, number | undefined>();
  /** The offset of a whole day; undefined where it changes within some days of it. */
  const offsetOf = (day: number): number | undefined => {
    const [before, after] = [offsetAt((day - 1) * DAY), offsetAt((day + 2) * DAY)];
    return before === after ? before : undefined;
  };
  return (local) => {
    const day = Math.floor(local / DAY);
    if (!offsets.has(day)) offsets.set(day, offsetOf(day));
    const offset = offsets.get(day);
    if (offset !== undefined) return local - offset;
    const before = local - offsetAt(local - DAY);
    const after = local - offsetAt(local + DAY);
    const isShown = (moment: number): boolean => moment + offsetAt(moment) === local;
    return !isShown(before) && isShown(after) ? after : before;
  };
}
