import { cellText } from './cell-text.ts';
import type { ColumnPlace } from './column-place.ts';
import { Float64Buffer } from './float64-buffer.ts';
import type { Cells } from './table-batch.ts';

/** Collects the column that names the entity of each row. */
export class EntityColumn {
  /** The position of each row's entity among `ids`. */
  readonly values: Float64Buffer = new Float64Buffer();
  /** The entities, in the order of their first rows. */
  readonly ids: string[] = [];
  readonly #positions = new Map<string, number>();
  readonly #place: ColumnPlace;

  constructor(place: ColumnPlace) {
    this.#place = place;
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
    const id = new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(cell));
    const position = this.ids.push(id) - 1;
    this.#positions.set(id, position);
    return position;
  }

  #refuse(row: number): void {
    const message = 'The cell is empty, so the row belongs to no series. Fill it.';
    this.#place.problems.add({ code: 'RETRACE_TABLE_MISSING', row, column: this.#place.name, message });
  }
}
