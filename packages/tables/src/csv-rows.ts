import type { Header } from './header.ts';
import type { TableRecord } from './record-parser.ts';
import type { TableBatch } from './table-batch.ts';
import type { TableProblems } from './table-problems.ts';

/**
 * Turns the records below the header into rows. A blank line is no row, save in a table of one column, where it is a
 * missing cell if rows follow; a record too short or too long is the problem `RETRACE_TABLE_FIELDS`, and no row.
 */
export class CsvRows {
  readonly #width: number;
  readonly #wanted: readonly number[];
  readonly #problems: TableProblems;
  #blank: TableRecord[] = [];

  constructor({ names }: Header, wanted: readonly number[], problems: TableProblems) {
    this.#width = names.length;
    this.#wanted = wanted;
    this.#problems = problems;
  }

  batch(records: readonly TableRecord[]): TableBatch {
    const regular = this.#blank.length === 0 && records.every(({ fields }) => fields.length === this.#width);
    const rows = regular ? records : this.#sift(records);
    const lines = new Float64Array(rows.length);
    for (let i = 0; i < lines.length; i++) lines[i] = rows[i]!.row;
    return { lines, column: columnsOf(rows, this.#wanted) };
  }

  #sift(records: readonly TableRecord[]): TableRecord[] {
    const rows: TableRecord[] = [];
    for (const record of records) {
      if (record.fields.length === 0) {
        if (this.#width === 1) this.#blank.push({ row: record.row, fields: [''] });
      } else {
        rows.push(...this.#blank);
        this.#blank = [];
        if (record.fields.length === this.#width) rows.push(record);
        else this.#refuse(record);
      }
    }
    return rows;
  }

  #refuse({ row, fields }: TableRecord): void {
    const [expected, received] = [this.#width, fields.length];
    const cause =
      received > expected
        ? 'Quote a field that holds the delimiter.'
        : 'Look for a line that is cut short, or a line break that is not quoted.';
    const message = `The row has ${received} ${received === 1 ? 'field' : 'fields'}, the table ${expected} columns. ${cause}`;
    this.#problems.add({ code: 'RETRACE_TABLE_FIELDS', row, message, more: { expected, received } });
  }
}

function columnsOf(
  rows: readonly TableRecord[],
  wanted: readonly number[],
): (position: number) => readonly string[] {
  const columns = new Map<number, string[]>();
  for (const position of wanted) {
    const cells = new Array<string>(rows.length);
    for (let i = 0; i < cells.length; i++) cells[i] = rows[i]!.fields[position]!;
    columns.set(position, cells);
  }
  return (position) => columns.get(position)!;
}
