import { cellText } from './cell-text.ts';
import type { ColumnPlace } from './column-place.ts';
import { Float64Buffer } from './float64-buffer.ts';
import { parseNumber } from './parse-number.ts';
import type { Cells } from './table-batch.ts';
import { quoteName } from './table-error.ts';

/** Collects the column of labels as 0 and 1. */
export class LabelColumn {
  readonly values: Float64Buffer = new Float64Buffer();
  readonly #place: ColumnPlace;

  constructor(place: ColumnPlace) {
    this.#place = place;
  }

  /** Takes cells: 0 or 1, also as `1.0`, true or false in any case; all else is the problem `RETRACE_TABLE_LABEL`. */
  add(cells: Cells, lines: ArrayLike<number>): void {
    const labels = new Float64Array(lines.length);
    for (let i = 0; i < labels.length; i++) {
      const cell = cellText(cells, i);
      const text = cell.toLowerCase();
      const value = text === 'true' ? 1 : text === 'false' ? 0 : parseNumber(cell);
      if (value === 1) labels[i] = 1;
      else if (value !== 0) this.#refuse(cell, lines[i]!);
    }
    this.values.append(labels);
  }

  #refuse(cell: string, row: number): void {
    const { name, problems } = this.#place;
    const message = `A label must be 0, 1, true or false, where 1 means anomalous. Received: ${quoteName(cell)}.`;
    problems.add({ code: 'RETRACE_TABLE_LABEL', row, column: name, message, more: { cell } });
  }
}
