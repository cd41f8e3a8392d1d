import type { ColumnRoles } from './column-roles.ts';
import { FeatureColumn, type OnMissing } from './feature-column.ts';
import { Float64Buffer } from './float64-buffer.ts';
import type { Header } from './header.ts';
import { parseLabel } from './parse-label.ts';
import type { DecimalMark } from './parse-number.ts';
import type { TableRecord } from './record-parser.ts';
import { tableError } from './table-error.ts';
import { TimeParser, type TimeUnit } from './time-parser.ts';

/** What a builder needs to know of a table to read its cells. */
export interface TableLayout {
  readonly file: string;
  readonly header: Header;
  readonly roles: ColumnRoles;
  /** Whether the caller chose the features; otherwise those that are text are left out. */
  readonly chosen: boolean;
  readonly decimal: DecimalMark;
  readonly missing: ReadonlySet<string>;
  readonly onMissing: OnMissing;
  readonly timeUnit?: TimeUnit;
  /** The most rows to take. */
  readonly maxRows: number;
}

/** Takes the records of a table, one after the other, into columns of numbers. */
export class TableBuilder {
  readonly layout: TableLayout;
  /** `[rows]`, the line of the file on which each row begins. */
  readonly rows: Float64Buffer = new Float64Buffer();
  /** `[rows]`, empty without a time column. */
  readonly times: Float64Buffer = new Float64Buffer();
  /** `[rows]`, the position of each row's entity in `entities`; empty without such a column. */
  readonly entityOfRow: Float64Buffer = new Float64Buffer();
  /** The entities in the order of their first rows, with their positions. */
  readonly entities: Map<string, number> = new Map();
  /** `[rows]`, empty without a label column. */
  readonly labels: Float64Buffer = new Float64Buffer();
  readonly features: readonly FeatureColumn[];
  readonly #timeParser: TimeParser;
  #blankRows: number[] = [];

  constructor(layout: TableLayout) {
    const { file, header, roles, chosen, decimal, missing, onMissing, timeUnit } = layout;
    this.layout = layout;
    this.#timeParser = new TimeParser({ decimal, ...(timeUnit && { unit: timeUnit }) });
    this.features = roles.features.map(
      (i) => new FeatureColumn({ file, name: header.names[i]!, chosen, decimal, missing, onMissing }),
    );
  }

  /**
   * Takes the next record. A blank line is no row, save in a table of one column, where it is a missing cell if rows
   * follow.
   */
  add(record: TableRecord): void {
    const { names } = this.layout.header;
    if (record.fields.length === 0) {
      if (names.length === 1) this.#blankRows.push(record.row);
      return;
    }
    for (const row of this.#blankRows) this.#addRow({ row, fields: [''] });
    this.#blankRows = [];
    if (record.fields.length !== names.length) refuseRagged(this.layout, record);
    this.#addRow(record);
  }

  #addRow({ row, fields }: TableRecord): void {
    const { file, header, roles, maxRows } = this.layout;
    if (this.rows.length === maxRows) {
      const message = `There are more rows than \`limits.rows\` allows (${maxRows}). Split the file or raise the limit.`;
      throw tableError('RETRACE_TABLE_LIMIT', { file, row }, message, { limit: 'rows', allowed: maxRows });
    }
    this.rows.push(row);
    const place = (i: number) => ({ file, row, column: header.names[i]! });
    const cell = (i: number): string => fields[i]!.trim();
    if (roles.time !== undefined)
      this.times.push(this.#timeParser.parse(cell(roles.time), place(roles.time)));
    if (roles.label !== undefined) this.labels.push(parseLabel(cell(roles.label), place(roles.label)));
    if (roles.by !== undefined) this.#addEntity(cell(roles.by), place(roles.by));
    for (const [k, i] of roles.features.entries()) this.features[k]!.add(cell(i), row);
  }

  #addEntity(id: string, place: { file: string; row: number; column: string }): void {
    if (id === '')
      throw tableError(
        'RETRACE_TABLE_MISSING',
        place,
        'The cell is empty, so the row belongs to no series. Fill it.',
      );
    const position = this.entities.get(id) ?? this.entities.size;
    this.entities.set(id, position);
    this.entityOfRow.push(position);
  }
}

function refuseRagged({ file, header }: TableLayout, { row, fields }: TableRecord): never {
  const [expected, received] = [header.names.length, fields.length];
  const cause =
    received > expected
      ? 'Quote a field that holds the delimiter.'
      : 'Look for a line that is cut short, or a line break that is not quoted.';
  const message = `The row has ${received} ${received === 1 ? 'field' : 'fields'}, the table ${expected} columns. ${cause}`;
  throw tableError('RETRACE_TABLE_FIELDS', { file, row }, message, { expected, received });
}
