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
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hour, minute, second] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)];
  const zoned = match[8] !== undefined;
  const [zoneHour, zoneMinute] = [Number(match[10] ?? 0), Number(match[11] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60 || zoneHour > 23 || zoneMinute > 59) return undefined;
  // Date.UTC would read the years 0 to 99 as 1900 to 1999.
  const date = new Date(0);
  const midnight = date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const milliseconds = match[7] === undefined ? 0 : Number(`0.${match[7]}`) * 1000;
  const offset = (zoneHour * 60 + zoneMinute) * (match[9] === '-' ? -60_000 : 60_000);
  return { time: midnight + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offset, zoned };
}
