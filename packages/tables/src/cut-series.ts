import type { Series } from '@retrace/windowing';
import { observedCells } from './observed-cells.ts';
import type { RowChunk } from './row-chunk.ts';

/**
 * Cuts the rows of a chunk into series: those of each entity together, in the order of the file, entities in the order
 * of their first rows, and a new series wherever time steps back.
 */
export function* cutSeries(chunk: RowChunk): Generator<Series> {
  for (const rows of rowsByEntity(chunk)) {
    let from = 0;
    for (let i = 1; i <= rows.length; i++) {
      if (i < rows.length && chunk.time[rows[i]!]! >= chunk.time[rows[i - 1]!]!) continue;
      yield seriesOf(chunk, rows.slice(from, i));
      from = i;
    }
  }
}

/** The rows of each entity, in the order of their first. */
function rowsByEntity({ entity, ids }: RowChunk): Iterable<RowList> {
  if (ids.length === 1) return [entity.map((_, row) => row)];
  const groups = new Map<number, number[]>();
  for (const [row, position] of entity.entries()) {
    const group = groups.get(position);
    if (group) group.push(row);
    else groups.set(position, [row]);
  }
  return groups.values();
}

type RowList = Uint32Array | readonly number[];

function seriesOf(chunk: RowChunk, rows: RowList): Series {
  const { features, ids } = chunk;
  const values = gather(chunk.values, rows, features.length);
  const observed = observedCells(values);
  return {
    id: ids[chunk.entity[rows[0]!]!]!,
    features,
    time: gather(chunk.time, rows, 1),
    values,
    ...(observed && { observed }),
    ...(chunk.labels && { labels: gather(chunk.labels, rows, 1) }),
  };
}

/** Rows that lie one after the other are a view of the column; others are copied. */
function gather<T extends Float64Array | Uint8Array>(column: T, rows: RowList, width: number): T {
  const from = rows[0]! * width;
  const to = (rows.at(-1)! + 1) * width;
  if (to - from === rows.length * width) return column.subarray(from, to) as T;
  const gathered = column.slice(0, rows.length * width) as T;
  for (const [i, row] of rows.entries())
    for (let k = 0; k < width; k++) gathered[i * width + k] = column[row * width + k]!;
  return gathered;
}
