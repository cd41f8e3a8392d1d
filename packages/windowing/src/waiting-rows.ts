import type { PreparedRow } from './entity-store.ts';

/** Rows that wait, by entity, until none that belongs before them can arrive in time; those of equal time in their order. */
export class WaitingRows {
  readonly #queues = new Map<number, PreparedRow[]>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Adds a copy of a row to those of an entity, and returns how many now wait. */
  add(slot: number, { time, values, observed, label }: PreparedRow): number {
    const queue = this.#queues.get(slot) ?? [];
    this.#queues.set(slot, queue);
    let place = queue.length;
    while (place > 0 && queue[place - 1]!.time > time) place--;
    queue.splice(place, 0, { time, values: values.slice(), observed: observed?.slice(), label });
    this.#count++;
    return queue.length;
  }

  /** Takes the earliest row of an entity out, if there is one no later than `until`. */
  take(slot: number, until: number): PreparedRow | undefined {
    const queue = this.#queues.get(slot);
    if (!queue || !(queue[0]!.time <= until)) return undefined;
    this.#count--;
    const row = queue.shift();
    if (queue.length === 0) this.#queues.delete(slot);
    return row;
  }

  /** All rows, by slot, each queue from the earliest on. */
  entries(): Iterable<[slot: number, rows: readonly PreparedRow[]]> {
    return this.#queues.entries();
  }
}
