import { groupByEntity, type RowColumns, type Series } from '@retrace/windowing';
import type { FeatureColumn } from './feature-column.ts';
import { Float64Buffer } from './float64-buffer.ts';
import type { TableBuilder } from './table-builder.ts';
import { tableError } from './table-error.ts';

/**
 * Groups the rows of a table into series, one for each entity. Without a time column the rows of each entity are
 * counted, from 0, those left out for a missing cell too.
 *
 * @param id The name of the one series of a table without an entity column.
 * @throws `RETRACE_TABLE_EMPTY` if `onMissing: 'drop'` leaves no row.
 */
export function assembleSeries(
  table: TableBuilder,
  id: string,
  onWarning: (message: string) => void,
): Series[] {
  const columns = table.features.filter(({ numeric }) => numeric);
  const rows = keptRows(table, columns, onWarning);
  const time = table.time?.values ?? rowCounters(table);
  return groupByEntity(
    {
      ...gather(columns, rows),
      time: time.select(rows),
      entity: table.entity
        ? Uint32Array.from(table.entity.values.select(rows))
        : new Uint32Array(rows.length),
      ids: table.entity?.ids ?? [id],
      ...(table.label && { labels: table.label.values.select(rows) }),
    },
    { onWarning },
  );
}

/** All rows, or with `onMissing: 'drop'` those that have every feature. */
function keptRows(
  { lines, layout: { file, onMissing } }: TableBuilder,
  columns: readonly FeatureColumn[],
  onWarning: (message: string) => void,
): Uint32Array {
  const all = new Uint32Array(lines.length).map((_, row) => row);
  if (onMissing !== 'drop') return all;
  const rows = all.filter((row) => columns.every(({ values }) => !Number.isNaN(values.get(row))));
  const dropped = all.length - rows.length;
  if (rows.length === 0) {
    const message = "A feature is missing in every row, so `onMissing: 'drop'` leaves none.";
    throw tableError('RETRACE_TABLE_EMPTY', { file }, message);
  }
  if (dropped > 0) onWarning(`Left out ${dropped} of ${all.length} rows for a missing feature.`);
  return rows;
}

function rowCounters({ entity, lines }: TableBuilder): Float64Buffer {
  const counters = new Float64Buffer();
  const next = new Uint32Array(entity?.ids.length ?? 1);
  for (let row = 0; row < lines.length; row++) counters.push(next[entity?.values.get(row) ?? 0]!++);
  return counters;
}

function gather(
  columns: readonly FeatureColumn[],
  rows: Uint32Array,
): Pick<RowColumns, 'features' | 'values' | 'observed'> {
  const width = columns.length;
  const values = new Float64Array(rows.length * width);
  let missing = 0;
  for (const [k, column] of columns.entries()) {
    for (let i = 0; i < rows.length; i++) {
      const value = column.values.get(rows[i]!);
      if (Number.isNaN(value)) missing++;
      values[i * width + k] = value;
    }
  }
  const features = columns.map(({ name }) => name);
  if (missing === 0) return { features, values };
  return { features, values, observed: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1)) };
}
