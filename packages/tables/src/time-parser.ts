import { parseIsoTime } from './parse-iso-time.ts';
import { type DecimalMark, parseNumber } from './parse-number.ts';
import { quoteName, type TablePlace, tableError } from './table-error.ts';

/**
 * How the time column counts: seconds, milliseconds or microseconds since the epoch, or ISO 8601 text. `'ms'` takes
 * numbers as they are, so it also serves for a counter of any kind.
 */
export type TimeUnit = 's' | 'ms' | 'us' | 'iso';

type Magnitude = 'counter' | 's' | 'ms' | 'us' | 'unknown';

const MILLISECONDS: Readonly<Record<Exclude<Magnitude, 'unknown'>, number>> = {
  counter: 1,
  s: 1e3,
  ms: 1,
  us: 1e-3,
};

/** The largest time a JavaScript Date holds. */
const MAX_TIME = 8.64e15;

const ISO_EXAMPLES = 'such as 2015-09-01 or 2015-09-01T11:25:00Z';

/**
 * Parses the cells of a time column, in the order of the file, into milliseconds since the epoch or a row counter.
 *
 * Without a `unit` the first cell decides: ISO 8601 text, or a number by its magnitude: below 1e8 a counter, taken as
 * it is; from 1e8 to 1e10 seconds (1973 to 2286), from 1e11 to 1e13 milliseconds, from 1e14 to 1e16 microseconds.
 * What lies between, such as a date written 20150901112500, is refused rather than guessed at.
 */
export class TimeParser {
  readonly #decimal: DecimalMark;
  #unit: TimeUnit | 'counter' | undefined;
  #zoned: boolean | undefined;
  readonly #declared: boolean;
  #previous: number | undefined;

  constructor({ unit, decimal = '.' }: { unit?: TimeUnit; decimal?: DecimalMark } = {}) {
    this.#unit = unit;
    this.#declared = unit !== undefined;
    this.#decimal = decimal;
  }

  /** Parses the next cell; throws `RETRACE_TABLE_TIME` if it is no time, or not of the kind of those before it. */
  parse(cell: string, place: TablePlace): number {
    const value = parseNumber(cell, this.#decimal);
    const time = value === undefined ? this.#text(cell, place) : this.#number(value, cell, place);
    if (Math.abs(time) <= MAX_TIME) return time;
    return refuse(place, cell, 'lies beyond the year 275760', 'Check the unit, or set `timeUnit`.');
  }

  #text(cell: string, place: TablePlace): number {
    const parsed = parseIsoTime(cell);
    if (cell === '') refuse(place, cell, 'is empty', 'Every row needs a time.');
    if (!parsed) refuse(place, cell, 'is no time', `Write ISO 8601, ${ISO_EXAMPLES}, or a number.`);
    if (this.#unit !== undefined && this.#unit !== 'iso')
      refuse(place, cell, 'is text where numbers are expected', 'Write all times alike.');
    this.#unit = 'iso';
    this.#zoned ??= parsed.zoned;
    if (parsed.zoned !== this.#zoned) {
      const difference = parsed.zoned
        ? 'names a zone, those before it none'
        : 'names no zone, those before it do';
      refuse(place, cell, difference, 'Write a zone in every row or in none (then it is UTC).');
    }
    return parsed.time;
  }

  #number(value: number, cell: string, place: TablePlace): number {
    if (this.#unit === 'iso') {
      refuse(
        place,
        cell,
        'is a number where ISO 8601 text is expected',
        `Write all times alike, ${ISO_EXAMPLES}.`,
      );
    }
    this.#unit ??= detectUnit(value, cell, place);
    this.#refuseJump(value, cell, place);
    this.#previous = value;
    return value * MILLISECONDS[this.#unit];
  }

  /** One file with two units: the magnitude changes, and not because time crept over a boundary. */
  #refuseJump(value: number, cell: string, place: TablePlace): void {
    if (this.#previous === undefined) return;
    const [before, now] = [magnitude(this.#previous), magnitude(value)];
    const ratio = Math.max(1, Math.abs(value)) / Math.max(1, Math.abs(this.#previous));
    if (before === now || (ratio < 100 && ratio > 0.01)) return;
    if (this.#declared && (before === 'counter' || now === 'counter')) return;
    const message = `seems to be in another unit than the row before it (${this.#previous})`;
    refuse(place, cell, message, "Write all in one unit; for a counter that jumps, set `timeUnit: 'ms'`.");
  }
}

function detectUnit(value: number, cell: string, place: TablePlace): 'counter' | 's' | 'ms' | 'us' {
  const found = magnitude(value);
  if (found !== 'unknown') return found;
  const remedy = `Set \`timeUnit\` to 's', 'ms' or 'us'; write dates as ISO 8601, ${ISO_EXAMPLES}.`;
  return refuse(place, cell, 'is neither a counter nor unix seconds, milliseconds or microseconds', remedy);
}

function magnitude(value: number): Magnitude {
  const size = Math.abs(value);
  if (size < 1e8) return 'counter';
  if (size < 1e10) return 's';
  if (size >= 1e11 && size < 1e13) return 'ms';
  return size >= 1e14 && size < 1e16 ? 'us' : 'unknown';
}

function refuse(place: TablePlace, cell: string, fault: string, remedy: string): never {
  throw tableError('RETRACE_TABLE_TIME', place, `The time ${quoteName(cell)} ${fault}. ${remedy}`, { cell });
}
