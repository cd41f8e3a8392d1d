import { Float64Buffer } from './float64-buffer.ts';
import { parseNumber } from './parse-number.ts';
import { quoteName, tableError } from './table-error.ts';

/** Collects the column of labels as 0 and 1. */
export class LabelColumn {
  readonly values: Float64Buffer = new Float64Buffer();
  readonly #file: string;
  readonly #name: string;

  constructor({ file, name }: { file: string; name: string }) {
    this.#file = file;
    this.#name = name;
  }

  /** Takes the next cell: 0 or 1, also as `1.0`, true or false in any case; throws `RETRACE_TABLE_LABEL` for all else. */
  add(cell: string, row: number): void {
    const text = cell.toLowerCase();
    const value = text === 'true' ? 1 : text === 'false' ? 0 : parseNumber(cell);
    if (value !== 0 && value !== 1) {
      const place = { file: this.#file, row, column: this.#name };
      const message = `A label must be 0, 1, true or false, where 1 means anomalous. Received: ${quoteName(cell)}.`;
      throw tableError('RETRACE_TABLE_LABEL', place, message, { cell });
    }
    this.values.push(value);
  }
}
