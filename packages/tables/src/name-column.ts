import { cellText } from './cell-text.ts';
import type { ColumnPlace } from './column-place.ts';
import { Float64Buffer } from './float64-buffer.ts';
import type { Cells } from './table-batch.ts';

export interface NameColumnOptions extends ColumnPlace {
  /** What follows from an empty cell, to come after "The cell is empty, so". */
  readonly consequence: string;
}

/** Collects a column of names, of the entity of each row or of the parameter of each event, as their positions. */
export class NameColumn {
  /** The position of each row's name among `names`. */
  readonly values: Float64Buffer = new Float64Buffer();
  /** The names, in the order of their first rows. */
  readonly names: string[] = [];
  readonly #positions = new Map<string, number>();
  readonly #options: NameColumnOptions;

  constructor(options: NameColumnOptions) {
    this.#options = options;
  }

  /** Takes cells, any value as text; a missing one is the problem `RETRACE_TABLE_MISSING`. */
  add(cells: Cells, lines: ArrayLike<number>): void {
    const positions = new Float64Array(lines.length);
    let [before, position] = ['', -1];
    for (let i = 0; i < positions.length; i++) {
      const cell = cellText(cells, i);
      if (cell !== before) position = this.#positionOf(cell);
      before = cell;
      if (cell === '') this.#refuse(lines[i]!);
      positions[i] = position;
    }
    this.values.append(positions);
  }

  #positionOf(cell: string): number {
    const known = this.#positions.get(cell);
    if (known !== undefined) return known;
    // A copy, for what engines cut out of a text keeps the whole of it in memory.
    const name = new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(cell));
    const position = this.names.push(name) - 1;
    this.#positions.set(name, position);
    return position;
  }

  #refuse(row: number): void {
    const { name, problems, consequence } = this.#options;
    const message = `The cell is empty, so ${consequence}. Fill it.`;
    problems.add({ code: 'RETRACE_TABLE_MISSING', row, column: name, message });
  }
}
