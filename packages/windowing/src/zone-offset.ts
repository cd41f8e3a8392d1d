import { argumentError } from '@retrace/errors';

/** Zones change their offset at multiples of this only: a quarter of an hour. */
const STEP = 900_000;

const FIXED = /^([+-])(\d{2}):?(\d{2})$/;

/**
 * Returns a function that gives the offset of a time zone from UTC, in milliseconds, at a moment (milliseconds since
 * the epoch): local time is the moment plus its offset. A moment outside the years that `Date` knows has that of the
 * nearest year.
 *
 * @param timeZone `'UTC'`, an offset such as `'+02:00'`, or an IANA name such as `'Europe/Berlin'`.
 * @throws `RETRACE_INVALID_ARGUMENT` for a zone that the platform does not know.
 */
export function zoneOffset(timeZone: string): (moment: number) => number {
  const fixed = typeof timeZone === 'string' ? FIXED.exec(timeZone) : null;
  if (timeZone === 'UTC' || fixed) {
    const size = fixed ? (Number(fixed[2]) * 60 + Number(fixed[3])) * 60_000 : 0;
    return () => (fixed?.[1] === '-' ? -size : size);
  }
  const format = formatOf(timeZone);
  let [known, offset] = [Number.NaN, 0];
  return (moment) => {
    const step = Math.floor(Math.min(8.64e15 - STEP, Math.max(-8.64e15, moment)) / STEP);
    if (step !== known) [known, offset] = [step, offsetAt(format, step * STEP)];
    return offset;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw argumentError(
      'timeZone',
      "'UTC', an offset such as '+02:00' or an IANA name such as 'Europe/Berlin'",
      timeZone,
    );
  }
}

function offsetAt(format: Intl.DateTimeFormat, moment: number): number {
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
  // Date.UTC would read the years 0 to 99 as 1900 to 1999.
  const local = new Date(0);
  local.setUTCFullYear(year, part('month') - 1, part('day'));
  local.setUTCHours(part('hour'), part('minute'), part('second'));
  return local.getTime() - moment;
}
