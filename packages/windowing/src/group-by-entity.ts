import { argumentError, checkKeys } from '@retrace/errors';
import { checkEntities, type EntityColumn } from './entity-column.ts';
import { orderByEntity } from './entity-order.ts';
import { type CheckedRows, checkRows, type RowColumns } from './rows.ts';
import type { Series } from './series.ts';

/** Rows of many entities in one table, in any order. */
export interface EntityRows extends RowColumns, EntityColumn {}

export interface GroupOptions {
  /** Is told, once each, when rows had to be sorted by time and when rows of an entity share a time. */
  readonly onWarning?: (message: string) => void;
}

/**
 * Gathers the rows of each entity into a series, in ascending time; rows of equal time keep their order.
 *
 * The series come in the order in which their entities first appear. Where the rows are grouped and sorted already,
 * the series are views of the arrays that came in; otherwise of one sorted copy.
 *
 * @throws `RETRACE_NOT_FINITE` with the row and the feature of an observed cell that is not finite;
 * `RETRACE_INVALID_ARGUMENT`.
 */
export function groupByEntity(rows: EntityRows, options: GroupOptions = {}): Series[] {
  checkKeys('rows', rows, ['entity', 'ids', 'features', 'time', 'values', 'observed', 'labels']);
  checkKeys('options', options, ['onWarning']);
  const { onWarning } = options;
  const checked = checkRows(rows, 'the table');
  const { length } = checked.time;
  if (rows.entity.length !== length) throw argumentError('entity', `of length ${length}`, rows.entity);
  const { codes, ids } = checkEntities(rows);
  const { order, bounds, sorted } = orderByEntity(codes, ids.length, checked.time);
  if (sorted.count > 0) {
    onWarning?.(
      `Sorted the rows of ${sorted.count} of ${ids.length} entities by time ('${ids[sorted.first]}' first).`,
    );
  }
  const grouped = order.every((row, place) => row === place) ? checked : reorder(checked, order);
  const repeated = repeatedTimes(grouped.time, bounds);
  if (repeated.count > 0) {
    onWarning?.(
      `${repeated.count} rows have the time of the row before in their entity ('${ids[repeated.first]}' first); ` +
        'all were kept, in the order of the source.',
    );
  }
  return ids.map((id, entity) => seriesOf(id, grouped, bounds[entity]!, bounds[entity + 1]!));
}

function repeatedTimes(time: Float64Array, bounds: Uint32Array): { count: number; first: number } {
  let [count, first] = [0, -1];
  for (let entity = 0; entity + 1 < bounds.length; entity++) {
    for (let row = bounds[entity]! + 1; row < bounds[entity + 1]!; row++) {
      if (time[row] === time[row - 1] && count++ === 0) first = entity;
    }
  }
  return { count, first };
}

function reorder(rows: CheckedRows, order: Uint32Array): CheckedRows {
  const { features, time, values, observed, labels } = rows;
  const width = features.length;
  return {
    features,
    time: reordered(time, order, 1),
    values: reordered(values, order, width),
    ...(observed && { observed: reordered(observed, order, width) }),
    ...(labels && { labels: reordered(labels, order, 1) }),
  };
}

function reordered<T extends Float32Array | Float64Array | Uint8Array>(
  column: T,
  order: Uint32Array,
  width: number,
): T {
  const result = column.slice() as T;
  for (let place = 0; place < order.length; place++) {
    const row = order[place]!;
    for (let k = 0; k < width; k++) result[place * width + k] = column[row * width + k]!;
  }
  return result;
}

function seriesOf(id: string, rows: CheckedRows, from: number, to: number): Series {
  const { features, time, values, observed, labels } = rows;
  const cells = [from * features.length, to * features.length] as const;
  const seen = observed?.subarray(...cells);
  return {
    id,
    features,
    time: time.subarray(from, to),
    values: values.subarray(...cells),
    ...(seen?.includes(0) && { observed: seen }),
    ...(labels && { labels: labels.subarray(from, to) }),
  };
}
