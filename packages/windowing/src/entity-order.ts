/** The rows of a table, ordered by entity and time. */
export interface EntityOrder {
  /** `[rows]`: place p holds row `order[p]` of the table. */
  readonly order: Uint32Array;
  /** `[entities + 1]`: entity e has the places [bounds[e], bounds[e + 1]). */
  readonly bounds: Uint32Array;
  /** How many entities had rows out of order, and the first of them, or -1. */
  readonly sorted: { readonly count: number; readonly first: number };
}

/** Orders rows by the code of their entity, then by time; rows of equal time keep their order. */
export function orderByEntity(codes: Uint32Array, entities: number, time: Float64Array): EntityOrder {
  const bounds = new Uint32Array(entities + 1);
  for (let row = 0; row < codes.length; row++) bounds[codes[row]! + 1]!++;
  for (let entity = 0; entity < entities; entity++) bounds[entity + 1]! += bounds[entity]!;
  const next = bounds.slice();
  const order = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row++) order[next[codes[row]!]!++] = row;
  return { order, bounds, sorted: sortByTime(order, bounds, time) };
}

function sortByTime(order: Uint32Array, bounds: Uint32Array, time: Float64Array): EntityOrder['sorted'] {
  let [count, first] = [0, -1];
  for (let entity = 0; entity + 1 < bounds.length; entity++) {
    const [from, to] = [bounds[entity]!, bounds[entity + 1]!];
    if (isAscending(order, from, to, time)) continue;
    order.subarray(from, to).sort((a, b) => time[a]! - time[b]!);
    if (count++ === 0) first = entity;
  }
  return { count, first };
}

function isAscending(order: Uint32Array, from: number, to: number, time: Float64Array): boolean {
  for (let place = from + 1; place < to; place++) {
    if (time[order[place]!]! < time[order[place - 1]!]!) return false;
  }
  return true;
}
