import { Float64Buffer } from './float64-buffer.ts';
import { tableError } from './table-error.ts';

/** Collects the column that names the entity of each row. */
export class EntityColumn {
  /** The position of each row's entity among `ids`. */
  readonly values: Float64Buffer = new Float64Buffer();
  readonly #positions = new Map<string, number>();
  readonly #file: string;
  readonly #name: string;

  constructor({ file, name }: { file: string; name: string }) {
    this.#file = file;
    this.#name = name;
  }

  /** The entities, in the order of their first rows. */
  get ids(): string[] {
    return [...this.#positions.keys()];
  }

  /** Takes the next cell; throws `RETRACE_TABLE_MISSING` if it is empty. */
  add(cell: string, row: number): void {
    if (cell === '') {
      const place = { file: this.#file, row, column: this.#name };
      throw tableError(
        'RETRACE_TABLE_MISSING',
        place,
        'The cell is empty, so the row belongs to no series. Fill it.',
      );
    }
    let position = this.#positions.get(cell);
    if (position === undefined) {
      position = this.#positions.size;
      this.#positions.set(cell, position);
    }
    this.values.push(position);
  }
}
