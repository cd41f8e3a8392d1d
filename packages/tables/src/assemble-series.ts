import type { Series } from '@retrace/windowing';
import type { FeatureColumn } from './feature-column.ts';
import type { Float64Buffer } from './float64-buffer.ts';
import type { TableBuilder } from './table-builder.ts';

/** How often something worth a warning was met, and the line of the file where it was met first. */
export interface Occurrence {
  count: number;
  row?: number;
}

export interface AssembledSeries {
  readonly series: Series[];
  /** Rows left out because a cell is missing. */
  readonly dropped: Occurrence;
  /** Rows whose time is before that of the row above, in the same series. */
  readonly unsorted: Occurrence;
  /** Rows whose time is that of the row before, in the same series, once sorted. */
  readonly repeated: Occurrence;
}

/**
 * Groups the rows of a table into one series for each entity, in the order of the entities' first rows, and sorts
 * each by time; rows of the same time keep their order. Without a time column the rows of each entity are counted,
 * those that are dropped too. An entity without any row left has no series.
 *
 * @param id The name of the one series of a table without an entity column.
 */
export function assembleSeries(table: TableBuilder, id: string): AssembledSeries {
  const { lines, layout } = table;
  const columns = table.features.filter(({ numeric }) => numeric);
  const features = columns.map(({ name }) => name);
  const ids = table.entity?.ids ?? [id];
  const dropped = { count: 0 };
  const unsorted = { count: 0 };
  const repeated = { count: 0 };
  const series: Series[] = [];
  for (const [entity, all] of rowsByEntity(table, ids.length).entries()) {
    let rows = all;
    let time = table.time ? select(table.time.values, rows) : new Float64Array(rows.length).map((_, i) => i);
    if (layout.onMissing === 'drop') {
      const complete = (row: number): boolean =>
        columns.every(({ values }) => !Number.isNaN(values.get(row)));
      const isKept = Uint8Array.from(all, (row) => (complete(row) ? 1 : 0));
      note(
        dropped,
        lines,
        rows.filter((_, i) => !isKept[i]),
      );
      rows = rows.filter((_, i) => isKept[i]);
      time = time.filter((_, i) => isKept[i]);
    }
    if (rows.length === 0) continue;
    const backward = rows.filter((_, i) => time[i]! < time[i - 1]!);
    if (backward.length > 0) {
      note(unsorted, lines, backward);
      const order = rows.map((_, i) => i).sort((a, b) => time[a]! - time[b]! || a - b);
      const [unsortedRows, unsortedTime] = [rows, time];
      rows = rows.map((_, i) => unsortedRows[order[i]!]!);
      time = time.map((_, i) => unsortedTime[order[i]!]!);
    }
    note(
      repeated,
      lines,
      rows.filter((_, i) => time[i] === time[i - 1]),
    );
    const cells = gather(columns, rows);
    series.push({
      id: ids[entity]!,
      features,
      time,
      ...cells,
      ...(table.label && { labels: Uint8Array.from(select(table.label.values, rows)) }),
    });
  }
  return { series, dropped, unsorted, repeated };
}

function note(occurrence: Occurrence, lines: Float64Buffer, rows: Uint32Array): void {
  occurrence.count += rows.length;
  for (const row of rows) occurrence.row = Math.min(occurrence.row ?? Infinity, lines.get(row));
}

/** The rows of each entity, in the order of the file. */
function rowsByEntity({ entity: column, lines }: TableBuilder, entities: number): Uint32Array[] {
  if (!column) return [new Uint32Array(lines.length).map((_, row) => row)];
  const counts = new Uint32Array(entities);
  for (let row = 0; row < lines.length; row++) counts[column.values.get(row)]!++;
  const rows = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (let row = 0; row < lines.length; row++) {
    const entity = column.values.get(row);
    rows[entity]![counts[entity]!++] = row;
  }
  return rows;
}

function select(buffer: Float64Buffer, rows: Uint32Array): Float64Array {
  return new Float64Array(rows.length).map((_, i) => buffer.get(rows[i]!));
}

/** Values `[rows, features]`, and what of them was observed unless that is everything. */
function gather(columns: readonly FeatureColumn[], rows: Uint32Array): Pick<Series, 'values' | 'observed'> {
  const width = columns.length;
  const values = new Float64Array(rows.length * width);
  let missing = 0;
  for (let k = 0; k < width; k++) {
    const column = columns[k]!.values;
    for (let i = 0; i < rows.length; i++) {
      const value = column.get(rows[i]!);
      if (Number.isNaN(value)) missing++;
      values[i * width + k] = value;
    }
  }
  if (missing === 0) return { values };
  return {
    values,
    observed: new Uint8Array(values.length).map((_, i) => (Number.isNaN(values[i]!) ? 0 : 1)),
  };
}
