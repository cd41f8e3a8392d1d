import { Float64Buffer } from './float64-buffer.ts';
import { parseIsoTime } from './parse-iso-time.ts';
import { type DecimalMark, parseNumber } from './parse-number.ts';
import { quoteName, tableError } from './table-error.ts';

/**
 * How the time column counts: seconds, milliseconds or microseconds since the epoch, or ISO 8601 text. `'ms'` takes
 * numbers as they are, so it also serves for a counter of any kind.
 */
export type TimeUnit = 's' | 'ms' | 'us' | 'iso';

export interface TimeColumnOptions {
  readonly file: string;
  readonly name: string;
  readonly decimal: DecimalMark;
  readonly unit?: TimeUnit;
}

/** The largest time a JavaScript Date holds. */
const MAX_TIME = 8.64e15;

const ISO_EXAMPLES = 'such as 2015-09-01 or 2015-09-01T11:25:00Z';

/**
 * Collects the column of times as milliseconds since the epoch, or as a counter.
 *
 * Without a `unit` the first cell decides: ISO 8601 text, or a number by its magnitude: below 1e8 a counter, taken as
 * it is; from 1e8 to 1e10 seconds (1973 to 2286), from 1e11 to 1e13 milliseconds, from 1e14 to 1e16 microseconds.
 * What lies between, such as a date written 20150901112500, is refused rather than guessed at.
 */
export class TimeColumn {
  readonly values: Float64Buffer = new Float64Buffer();
  readonly #options: TimeColumnOptions;
  #unit: TimeUnit | 'counter' | undefined;
  #zoned: boolean | undefined;
  #previous: number | undefined;

  constructor(options: TimeColumnOptions) {
    this.#options = options;
    this.#unit = options.unit;
  }

  /** Takes the next cell; throws `RETRACE_TABLE_TIME` if it is no time, or not of the kind of those before it. */
  add(cell: string, row: number): void {
    const value = parseNumber(cell, this.#options.decimal);
    const time = value === undefined ? this.#parseText(cell, row) : this.#scale(value, cell, row);
    if (Math.abs(time) > MAX_TIME)
      this.#refuse(cell, row, 'lies beyond the year 275760', 'Check it, or set `timeUnit`.');
    this.values.push(time);
  }

  #parseText(cell: string, row: number): number {
    if (cell === '') this.#refuse(cell, row, 'is empty', 'Every row needs a time.');
    const parsed = parseIsoTime(cell);
    if (!parsed) this.#refuse(cell, row, 'is no time', `Write ISO 8601, ${ISO_EXAMPLES}, or a number.`);
    if (this.#unit !== undefined && this.#unit !== 'iso')
      this.#refuse(cell, row, 'is text where numbers are expected', 'Write all times alike.');
    this.#unit = 'iso';
    this.#zoned ??= parsed.zoned;
    if (parsed.zoned !== this.#zoned) {
      const fault = parsed.zoned ? 'names a zone, those before it none' : 'names no zone, those before it do';
      this.#refuse(cell, row, fault, 'Write a zone in every row or in none (then it is UTC).');
    }
    return parsed.time;
  }

  #scale(value: number, cell: string, row: number): number {
    if (this.#unit === 'iso')
      this.#refuse(cell, row, 'is a number where ISO 8601 text is expected', 'Write all times alike.');
    this.#unit ??= this.#detectUnit(value, cell, row);
    this.#refuseJump(value, cell, row);
    this.#previous = value;
    // Dividing rounds once, so that whole microseconds stay exact.
    return this.#unit === 'us' ? value / 1e3 : this.#unit === 's' ? value * 1e3 : value;
  }

  #detectUnit(value: number, cell: string, row: number): 'counter' | 's' | 'ms' | 'us' {
    const found = magnitude(value);
    if (found !== 'unknown') return found;
    const remedy = `Set \`timeUnit\` to 's', 'ms' or 'us'; write dates as ISO 8601, ${ISO_EXAMPLES}.`;
    return this.#refuse(
      cell,
      row,
      'is neither a counter nor unix seconds, milliseconds or microseconds',
      remedy,
    );
  }

  /** One file with two units: the magnitude changes, and not because time crept over a boundary. */
  #refuseJump(value: number, cell: string, row: number): void {
    if (this.#previous === undefined) return;
    const [before, now] = [magnitude(this.#previous), magnitude(value)];
    const ratio = Math.max(1, Math.abs(value)) / Math.max(1, Math.abs(this.#previous));
    if (before === now || (ratio < 100 && ratio > 0.01)) return;
    if (this.#options.unit && (before === 'counter' || now === 'counter')) return;
    const fault = `seems to be in another unit than the row before it (${this.#previous})`;
    this.#refuse(cell, row, fault, "Write all in one unit; for a counter that jumps, set `timeUnit: 'ms'`.");
  }

  #refuse(cell: string, row: number, fault: string, remedy: string): never {
    const { file, name } = this.#options;
    const message = `The time ${quoteName(cell)} ${fault}. ${remedy}`;
    throw tableError('RETRACE_TABLE_TIME', { file, row, column: name }, message, { cell });
  }
}

function magnitude(value: number): 'counter' | 's' | 'ms' | 'us' | 'unknown' {
  const size = Math.abs(value);
  if (size < 1e8) return 'counter';
  if (size < 1e10) return 's';
  if (size >= 1e11 && size < 1e13) return 'ms';
  return size >= 1e14 && size < 1e16 ? 'us' : 'unknown';
}
