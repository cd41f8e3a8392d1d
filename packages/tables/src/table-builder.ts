import type { ColumnRoles } from './column-roles.ts';
import { EntityColumn } from './entity-column.ts';
import { FeatureColumn, type OnMissing } from './feature-column.ts';
import { Float64Buffer } from './float64-buffer.ts';
import type { Header } from './header.ts';
import { LabelColumn } from './label-column.ts';
import type { DecimalMark } from './parse-number.ts';
import type { TableRecord } from './record-parser.ts';
import { tableError } from './table-error.ts';
import { TimeColumn, type TimeUnit } from './time-column.ts';

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

/** Takes the records of a table, one after the other, into its columns. */
export class TableBuilder {
  readonly layout: TableLayout;
  /** `[rows]`, the line of the file on which each row begins. */
  readonly lines: Float64Buffer = new Float64Buffer();
  readonly time: TimeColumn | undefined;
  readonly entity: EntityColumn | undefined;
  readonly label: LabelColumn | undefined;
  readonly features: readonly FeatureColumn[];
  #blankRows: number[] = [];

  constructor(layout: TableLayout) {
    const { file, header, roles, chosen, decimal, missing, onMissing, timeUnit: unit } = layout;
    const column = (i: number): { file: string; name: string } => ({ file, name: header.names[i]! });
    this.layout = layout;
    if (roles.time !== undefined)
      this.time = new TimeColumn({ ...column(roles.time), decimal, ...(unit && { unit }) });
    if (roles.by !== undefined) this.entity = new EntityColumn(column(roles.by));
    if (roles.label !== undefined) this.label = new LabelColumn(column(roles.label));
    this.features = roles.features.map(
      (i) => new FeatureColumn({ ...column(i), chosen, decimal, missing, onMissing }),
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
    const { file, roles, maxRows } = this.layout;
    if (this.lines.length === maxRows) {
      const message = `There are more rows than \`limits.rows\` allows (${maxRows}). Split the file or raise the limit.`;
      throw tableError('RETRACE_TABLE_LIMIT', { file, row }, message, { limit: 'rows', allowed: maxRows });
    }
    this.lines.push(row);
    this.time?.add(fields[roles.time!]!.trim(), row);
    this.entity?.add(fields[roles.by!]!.trim(), row);
    this.label?.add(fields[roles.label!]!.trim(), row);
    for (let k = 0; k < this.features.length; k++)
      this.features[k]!.add(fields[roles.features[k]!]!.trim(), row);
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
