import { cellText } from './cell-text.ts';
import type { ColumnPlace } from './column-place.ts';
import { Float64Buffer } from './float64-buffer.ts';
import { type DecimalMark, isMeantAsNumber, parseNumber } from './parse-number.ts';
import type { Cell, Cells } from './table-batch.ts';
import { quoteName } from './table-error.ts';

/** What becomes of a row with a missing cell: an error, a mask of the cell, or no row. */
export type OnMissing = 'error' | 'mask' | 'drop';

export interface FeatureColumnOptions extends ColumnPlace {
  /** Whether the caller asked for this column; otherwise one that is text throughout is left out. */
  readonly chosen: boolean;
  readonly decimal: DecimalMark;
  readonly missing: ReadonlySet<string>;
  readonly onMissing: OnMissing;
}

/** The first of several cells of one kind. */
interface Sighting {
  readonly row: number;
  readonly cell: string;
  count: number;
}

/**
 * Collects one column of numbers, a missing cell as NaN.
 *
 * A column that nobody chose counts as text until its first number: all text or all empty, it is left out; text and
 * numbers mixed are a problem of every cell that does not fit, `RETRACE_TABLE_NUMBER`. So is, as
 * `RETRACE_TABLE_MISSING`, a missing cell in a column of numbers, unless `onMissing` accepts it.
 */
export class FeatureColumn {
  readonly name: string;
  /** What was read so far; not every row while the column is text. */
  readonly values: Float64Buffer = new Float64Buffer();
  readonly #options: FeatureColumnOptions;
  readonly #missingNumbers: ReadonlySet<number>;
  #numeric: boolean;
  #text: Sighting | undefined;
  #gap: Sighting | undefined;
  #scratch: Float64Array = new Float64Array(0);

  constructor(options: FeatureColumnOptions) {
    this.name = options.name;
    this.#options = options;
    this.#numeric = options.chosen;
    const numbers = [...options.missing].map((cell) => parseNumber(cell, options.decimal));
    this.#missingNumbers = new Set(numbers.filter((value) => value !== undefined));
  }

  add(cells: Cells, lines: ArrayLike<number>): void {
    const count = lines.length;
    if (count === 0) return;
    if (cells instanceof Float64Array && this.#missingNumbers.size === 0 && allFinite(cells)) {
      this.#becomeNumeric();
      this.values.append(cells);
      return;
    }
    if (this.#scratch.length < count) this.#scratch = new Float64Array(count);
    const numbers = this.#scratch.subarray(0, count);
    if ('milliseconds' in cells) {
      for (let i = 0; i < count; i++) numbers[i] = this.#readText(cellText(cells, i), lines[i]!);
    } else {
      for (let i = 0; i < count; i++) {
        const cell = cells[i];
        numbers[i] =
          typeof cell === 'string' ? this.#readText(cell, lines[i]!) : this.#readValue(cell, lines[i]!);
      }
    }
    if (this.#numeric || !this.#text) this.values.append(numbers);
  }

  /** Whether the column is one of numbers: it was chosen, or has held one. */
  get numeric(): boolean {
    return this.#numeric;
  }

  /** The first text of a column that is not numeric; undefined if it is empty throughout. */
  get sample(): string | undefined {
    return this.#text?.cell;
  }

  #readText(cell: string, row: number): number {
    const { missing, decimal } = this.#options;
    if (missing.size === 0) {
      const value = parseNumber(cell, decimal);
      if (value !== undefined) return this.#number(value);
    }
    const text = cell.trim();
    if (text === '' || missing.has(text)) return this.#missing(row);
    const value = parseNumber(text, decimal);
    return value === undefined ? this.#refused(text, row) : this.#number(value);
  }

  #readValue(cell: Exclude<Cell, string>, row: number): number {
    if (cell === null || cell === undefined) return this.#missing(row);
    const value = Number(cell);
    if (Number.isNaN(value) || this.#missingNumbers.has(value)) return this.#missing(row);
    const exact = Number.isFinite(value) && (typeof cell !== 'bigint' || BigInt(value) === cell);
    if (exact) return this.#number(value);
    this.#refuseText({ row, cell: String(cell), count: 1 });
    return Number.NaN;
  }

  #number(value: number): number {
    if (!this.#numeric) this.#becomeNumeric();
    return value;
  }

  #becomeNumeric(): void {
    if (this.#numeric) return;
    this.#numeric = true;
    if (this.#text) this.#refuseText(this.#text);
    if (this.#gap) this.#refuseMissing(this.#gap);
  }

  #missing(row: number): number {
    if (this.#numeric) this.#refuseMissing({ row, cell: '', count: 1 });
    else if (this.#gap) this.#gap.count++;
    else this.#gap = { row, cell: '', count: 1 };
    return Number.NaN;
  }

  #refused(cell: string, row: number): number {
    if (this.#numeric || isMeantAsNumber(cell)) this.#refuseText({ row, cell, count: 1 });
    else if (this.#text) this.#text.count++;
    else this.#text = { row, cell, count: 1 };
    return Number.NaN;
  }

  #refuseMissing({ row, count }: Sighting): void {
    const { name, onMissing, problems } = this.#options;
    if (onMissing !== 'error') return;
    const message = `The cell is missing. Fill it, or accept missing cells with \`onMissing: 'mask'\` (kept and masked) or \`onMissing: 'drop'\` (their rows left out).`;
    problems.add({ code: 'RETRACE_TABLE_MISSING', row, column: name, message, count });
  }

  #refuseText({ row, cell, count }: Sighting): void {
    const { name, chosen, problems } = this.#options;
    const found = quoteName(cell);
    const remedies = [
      /^[+-]?\d*,\d+$/.test(cell) ? `If the comma is a decimal mark, set \`decimal: ','\`.` : undefined,
      /^-?\d{16,}$/.test(cell) ? 'Float64 holds no such integer exactly.' : undefined,
      `If it means a missing value, set \`missing: [${found}]\`.`,
      chosen ? undefined : 'If the column is not a feature, list those that are in `features`.',
    ];
    const message = `${found} is not a number. ${remedies.filter(Boolean).join(' ')}`;
    problems.add({ code: 'RETRACE_TABLE_NUMBER', row, column: name, message, more: { cell }, count });
  }
}

function allFinite(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i]! - values[i]! !== 0) return false;
  return true;
}
