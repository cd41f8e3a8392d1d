import { Float64Buffer } from './float64-buffer.ts';
import { type DecimalMark, isMeantAsNumber, parseNumber } from './parse-number.ts';
import { quoteName, tableError } from './table-error.ts';

/** What becomes of a row with a missing cell: an error, a mask of the cell, or no row. */
export type OnMissing = 'error' | 'mask' | 'drop';

export interface FeatureColumnOptions {
  readonly file: string;
  readonly name: string;
  /** Whether the caller asked for this column; otherwise one that is text throughout is left out. */
  readonly chosen: boolean;
  readonly decimal: DecimalMark;
  readonly missing: ReadonlySet<string>;
  readonly onMissing: OnMissing;
}

/**
 * Collects one column of numbers, a missing cell as NaN.
 *
 * A column that nobody chose counts as text until its first number: all text or all empty, it is left out; text and
 * numbers mixed are refused at the first cell that does not fit.
 */
export class FeatureColumn {
  readonly name: string;
  readonly #options: FeatureColumnOptions;
  /** What was read so far; not every row once the column is known to be text. */
  readonly values: Float64Buffer = new Float64Buffer();
  #numeric: boolean;
  #firstText: { readonly cell: string; readonly row: number } | undefined;
  #firstMissing: number | undefined;

  constructor(options: FeatureColumnOptions) {
    this.name = options.name;
    this.#options = options;
    this.#numeric = options.chosen;
  }

  /**
   * Takes the next cell.
   *
   * @throws `RETRACE_TABLE_NUMBER` for text in a column of numbers; `RETRACE_TABLE_MISSING` for a missing cell in one,
   *   unless `onMissing` accepts it.
   */
  add(cell: string, row: number): void {
    const { missing, decimal } = this.#options;
    if (cell === '' || missing.has(cell)) {
      this.#addMissing(row);
      return;
    }
    const value = parseNumber(cell, decimal);
    if (value === undefined) this.#addText(cell, row);
    else this.#addNumber(value);
  }

  /** Whether the column is one of numbers: it was chosen, or has held one. */
  get numeric(): boolean {
    return this.#numeric;
  }

  /** The first text of a column that is not numeric; undefined if it is empty throughout. */
  get sample(): string | undefined {
    return this.#firstText?.cell;
  }

  #addNumber(value: number): void {
    if (!this.#numeric) {
      if (this.#firstText) this.#refuseText(this.#firstText.cell, this.#firstText.row);
      this.#numeric = true;
      if (this.#firstMissing !== undefined) this.#refuseMissing(this.#firstMissing);
    }
    this.values.push(value);
  }

  #addMissing(row: number): void {
    this.#firstMissing ??= row;
    if (this.#numeric) this.#refuseMissing(row);
    if (!this.#firstText) this.values.push(Number.NaN);
  }

  #addText(cell: string, row: number): void {
    if (this.#numeric || isMeantAsNumber(cell)) this.#refuseText(cell, row);
    this.#firstText ??= { cell, row };
  }

  #refuseMissing(row: number): void {
    const { file, name, onMissing } = this.#options;
    if (onMissing !== 'error') return;
    const remedy = `Fill it, or accept missing cells with \`onMissing: 'mask'\` (kept and masked) or \`onMissing: 'drop'\` (their rows left out).`;
    throw tableError('RETRACE_TABLE_MISSING', { file, row, column: name }, `The cell is missing. ${remedy}`);
  }

  #refuseText(cell: string, row: number): never {
    const { file, name, chosen } = this.#options;
    const found = quoteName(cell);
    const remedies = [
      /^[+-]?\d*,\d+$/.test(cell) ? `If the comma is a decimal mark, set \`decimal: ','\`.` : undefined,
      `If it means a missing value, set \`missing: [${found}]\`.`,
      chosen ? undefined : 'If the column is not a feature, list those that are in `features`.',
    ];
    const message = `${found} is not a number. ${remedies.filter(Boolean).join(' ')}`;
    throw tableError('RETRACE_TABLE_NUMBER', { file, row, column: name }, message, { cell });
  }
}
