import { FeatureColumn } from './feature-column.ts';
import { LabelColumn } from './label-column.ts';
import { checkRows } from './limits.ts';
import { NameColumn } from './name-column.ts';
import type { RowChunk } from './row-chunk.ts';
import type { TableBatch } from './table-batch.ts';
import { withoutExtension } from './table-format.ts';
import type { TableLayout } from './table-layout.ts';
import { TimeColumn } from './time-column.ts';

/** Takes the rows of a table, batch by batch, into its columns, and gives them back as numbers, chunk by chunk. */
export class TableBuilder {
  readonly layout: TableLayout;
  readonly features: readonly FeatureColumn[];
  readonly #time: TimeColumn | undefined;
  readonly #entity: NameColumn | undefined;
  readonly #parameter: NameColumn | undefined;
  readonly #label: LabelColumn | undefined;
  /** The features that are read on: once settled, those that hold numbers. */
  #read: readonly { readonly column: FeatureColumn; readonly position: number }[];
  readonly #counters: number[] = [];
  #rows = 0;
  #taken = 0;

  constructor(layout: TableLayout) {
    const {
      header,
      roles,
      chosen,
      decimal,
      missing,
      onMissing,
      timeUnit: unit,
      fromLocal,
      problems,
    } = layout;
    const place = (i: number) => ({ name: header.names[i]!, problems });
    this.layout = layout;
    if (roles.time !== undefined)
      this.#time = new TimeColumn({
        ...place(roles.time),
        decimal,
        ...(unit && { unit }),
        ...(fromLocal && { fromLocal }),
      });
    if (roles.by !== undefined)
      this.#entity = new NameColumn({ ...place(roles.by), consequence: 'the row belongs to no series' });
    if (roles.parameter !== undefined)
      this.#parameter = new NameColumn({ ...place(roles.parameter), consequence: 'the value is of nothing' });
    if (roles.label !== undefined) this.#label = new LabelColumn(place(roles.label));
    this.#read = roles.features.map((position) => ({
      position,
      column: new FeatureColumn({ ...place(position), chosen, decimal, missing, onMissing }),
    }));
    this.features = this.#read.map(({ column }) => column);
  }

  /** The positions of the columns that batches must have. */
  get positions(): readonly number[] {
    const { time, by, label, parameter, features } = this.layout.roles;
    return [time, by, label, parameter, ...features].filter((position) => position !== undefined);
  }

  /** The number of rows taken in so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Takes the rows of a batch; throws `RETRACE_TABLE_LIMIT` if there are more than `limits.rows` in all. */
  add(batch: TableBatch): void {
    const { file, roles, limits } = this.layout;
    const { lines } = batch;
    checkRows(this.#rows + lines.length, limits, { file, row: lines[limits.rows - this.#rows]! });
    this.#rows += lines.length;
    this.#time?.add(batch.column(roles.time!), lines);
    this.#entity?.add(batch.column(roles.by!), lines);
    this.#parameter?.add(batch.column(roles.parameter!), lines);
    this.#label?.add(batch.column(roles.label!), lines);
    for (const { column, position } of this.#read) column.add(batch.column(position), lines);
  }

  /** Leaves out for good the columns that have held no number so far. */
  settle(): void {
    this.#read = this.#read.filter(({ column }) => column.numeric);
  }

  /** Returns the rows that came since it was last called. */
  take(): RowChunk {
    const rows = this.#rows - this.#taken;
    this.#taken = this.#rows;
    const columns = this.#read.map(({ column }) => column);
    const values = new Float64Array(rows * columns.length);
    for (const [k, column] of columns.entries()) column.values.moveInto(values, k, columns.length);
    const entity = new Uint32Array(rows);
    this.#entity?.values.moveInto(entity);
    const time = new Float64Array(rows);
    if (this.#time) this.#time.values.moveInto(time);
    else this.#count(entity, time);
    const labels = this.#label && new Uint8Array(rows);
    if (labels) this.#label?.values.moveInto(labels);
    const ids = this.#entity?.names ?? [withoutExtension(this.layout.file) || 'series'];
    const features = columns.map(({ name }) => name);
    const chunk = { time, entity, ids, features, values, ...(labels && { labels }) };
    if (!this.#parameter) return chunk;
    const parameter = new Uint32Array(rows);
    this.#parameter.values.moveInto(parameter);
    return { ...chunk, parameter, parameters: this.#parameter.names };
  }

  #count(entity: Uint32Array, time: Float64Array): void {
    for (let row = 0; row < time.length; row++) {
      const counted = this.#counters[entity[row]!] ?? 0;
      time[row] = counted;
      this.#counters[entity[row]!] = counted + 1;
    }
  }
}
