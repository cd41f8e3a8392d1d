import { cellText, isMissing } from './cell-text.ts';
import type { ColumnPlace } from './column-place.ts';
import { Float64Buffer } from './float64-buffer.ts';
import { parseIsoTime } from './parse-iso-time.ts';
import { type DecimalMark, parseNumber } from './parse-number.ts';
import type { Cell, Cells, Moments } from './table-batch.ts';
import { quoteName } from './table-error.ts';

/**
 * How the time column counts: seconds, milliseconds or microseconds since the epoch, or ISO 8601 text. `'ms'` takes
 * numbers as they are, so it also serves for a counter of any kind.
 */
export type TimeUnit = 's' | 'ms' | 'us' | 'iso';

export interface TimeColumnOptions extends ColumnPlace {
  readonly decimal: DecimalMark;
  readonly unit?: TimeUnit;
  /** Turns what a clock showed, where a time names no zone, into milliseconds since the epoch. Default: the same. */
  readonly fromLocal?: (local: number) => number;
}

/** Why a cell is no time. */
interface TimeFault {
  readonly fault: string;
  readonly remedy: string;
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

  /** Takes cells; what is no time, or not of the kind of those before it, is the problem `RETRACE_TABLE_TIME`. */
  add(cells: Cells, lines: ArrayLike<number>): void {
    const times = new Float64Array(lines.length);
    for (let i = 0; i < times.length; i++) {
      const time = 'milliseconds' in cells ? this.#readMoment(cells, i) : this.#readCell(cells[i]);
      if (typeof time === 'number' && Math.abs(time) <= MAX_TIME) times[i] = time;
      else this.#refuse(cellText(cells, i), lines[i]!, typeof time === 'number' ? BEYOND : time);
    }
    this.values.append(times);
  }

  #readCell(cell: Cell): number | TimeFault {
    if (typeof cell === 'string') {
      const text = cell.trim();
      const value = parseNumber(text, this.#options.decimal);
      return value === undefined ? this.#parseText(text) : this.#scale(value);
    }
    if (isMissing(cell)) return EMPTY;
    if (typeof cell === 'boolean') return NO_TIME;
    return this.#scale(Number(cell));
  }

  #readMoment({ milliseconds, zoned }: Moments, i: number): number | TimeFault {
    const time = milliseconds[i]!;
    return Number.isNaN(time) ? EMPTY : this.#fromLocal(time, zoned);
  }

  #fromLocal(time: number, zoned: boolean): number {
    const { fromLocal } = this.#options;
    return zoned || !fromLocal ? time : fromLocal(time);
  }

  #parseText(text: string): number | TimeFault {
    if (text === '') return EMPTY;
    const parsed = parseIsoTime(text);
    if (!parsed) return NO_TIME;
    if (this.#unit !== undefined && this.#unit !== 'iso')
      return { fault: 'is text where numbers are expected', remedy: 'Write all times alike.' };
    this.#unit = 'iso';
    this.#zoned ??= parsed.zoned;
    if (parsed.zoned === this.#zoned) return this.#fromLocal(parsed.time, parsed.zoned);
    const fault = parsed.zoned ? 'names a zone, those before it none' : 'names no zone, those before it do';
    return { fault, remedy: 'Write a zone in every row or in none (then it is `timeZone`).' };
  }

  #scale(value: number): number | TimeFault {
    if (this.#unit === 'iso')
      return { fault: 'is a number where ISO 8601 text is expected', remedy: 'Write all times alike.' };
    const unit = this.#unit ?? magnitude(value);
    if (unit === 'unknown') return UNKNOWN_UNIT;
    this.#unit = unit;
    if (this.#previous !== undefined && this.#jumps(this.#previous, value)) {
      const fault = `seems to be in another unit than the row before it (${this.#previous})`;
      return { fault, remedy: "Write all in one unit; for a counter that jumps, set `timeUnit: 'ms'`." };
    }
    this.#previous = value;
    // Dividing rounds once, so that whole microseconds stay exact.
    return unit === 'us' ? value / 1e3 : unit === 's' ? value * 1e3 : value;
  }

  /** One file with two units: the magnitude changes, and not because time crept over a boundary. */
  #jumps(previous: number, value: number): boolean {
    const [before, now] = [magnitude(previous), magnitude(value)];
    if (before === now) return false;
    const ratio = Math.max(1, Math.abs(value)) / Math.max(1, Math.abs(previous));
    if (ratio < 100 && ratio > 0.01) return false;
    return !(this.#options.unit && (before === 'counter' || now === 'counter'));
  }

  #refuse(cell: string, row: number, { fault, remedy }: TimeFault): void {
    const { name, problems } = this.#options;
    const message = `The time ${quoteName(cell)} ${fault}. ${remedy}`;
    problems.add({ code: 'RETRACE_TABLE_TIME', row, column: name, message, more: { cell } });
  }
}

const BEYOND: TimeFault = {
  fault: 'lies beyond the year 275760',
  remedy: 'Check it, or set `timeUnit`.',
};
const EMPTY: TimeFault = { fault: 'is empty', remedy: 'Every row needs a time.' };
const NO_TIME: TimeFault = { fault: 'is no time', remedy: `Write ISO 8601, ${ISO_EXAMPLES}, or a number.` };
const UNKNOWN_UNIT: TimeFault = {
  fault: 'is neither a counter nor unix seconds, milliseconds or microseconds',
  remedy: `Set \`timeUnit\` to 's', 'ms' or 'us'; write dates as ISO 8601, ${ISO_EXAMPLES}.`,
};

function magnitude(value: number): 'counter' | 's' | 'ms' | 'us' | 'unknown' {
  const size = Math.abs(value);
  if (size < 1e8) return 'counter';
  if (size < 1e10) return 's';
  if (size >= 1e11 && size < 1e13) return 'ms';
  return size >= 1e14 && size < 1e16 ? 'us' : 'unknown';
}
