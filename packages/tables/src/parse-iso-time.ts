/** A moment as a text writes it: milliseconds since the epoch, and whether the text names its zone. */
export interface IsoTime {
  readonly time: number;
  readonly zoned: boolean;
}

const DATE = String.raw`(\d{4})-(\d{2})-(\d{2})`;
const CLOCK = String.raw`(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?`;
const ZONE = String.raw`(Z|UTC|([+-])(\d{2})(?::?(\d{2}))?)`;
const ISO = new RegExp(`^${DATE}(?:[T ]${CLOCK} ?${ZONE}?)?$`, 'i');

/**
 * Parses an ISO 8601 date or date and time: `2015-09-01`, `2015-09-01T11:25`, `2015-09-01 11:25:00.5+02:00`. Without
 * a zone it is read as UTC. A leap second counts as the first of the next minute.
 *
 * Returns undefined for anything else, of which dates no calendar has, such as 2015-02-30.
 */
export function parseIsoTime(text: string): IsoTime | undefined {
  return parsePlain(text) ?? parseAny(text);
}

/** The form that most files have, `2015-09-01 11:25:00`, or with a Z, in a tenth of the time. */
function parsePlain(text: string): IsoTime | undefined {
  const zoned = text.length === 20;
  if (text.length !== 19 && !(zoned && text[19] === 'Z')) return undefined;
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return undefined;
  if (text[10] !== ' ' && text[10] !== 'T') return undefined;
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2);
  const midnight = midnightOf(year, twoDigits(text, 5), twoDigits(text, 8));
  const clock = clockOf(twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17));
  const time = midnight + clock;
  return Number.isNaN(time) ? undefined : { time, zoned };
}

function parseAny(text: string): IsoTime | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const midnight = midnightOf(Number(match[1]), Number(match[2]), Number(match[3]));
  const clock = clockOf(Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0));
  const milliseconds = match[7] === undefined ? 0 : Number(`0.${match[7]}`) * 1000;
  const offset = clockOf(Number(match[10] ?? 0), Number(match[11] ?? 0), 0);
  const time = midnight + clock + milliseconds - (match[9] === '-' ? -offset : offset);
  return Number.isNaN(time) ? undefined : { time, zoned: match[8] !== undefined };
}

/** The number that two digits make; NaN where they are none. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN;
}

function clockOf(hour: number, minute: number, second: number): number {
  return hour <= 23 && minute <= 59 && second <= 60
    ? ((hour * 60 + minute) * 60 + second) * 1000
    : Number.NaN;
}

/** Milliseconds from the epoch to the beginning of a day of the Gregorian calendar; NaN for a day it does not have. */
function midnightOf(year: number, month: number, day: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last =
    month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= last)) return Number.NaN;
  // Years that begin in March have their leap day at the end; from 0000-03-01 to the epoch there are 719,468 days.
  const years = month > 2 ? year : year - 1;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (365 * years + leapDays + dayOfYear - 719_468) * 86_400_000;
}
