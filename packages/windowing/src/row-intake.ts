import { isRetraceError, RetraceError } from '@retrace/errors';
import type { EntityStore, PreparedRow } from './entity-store.ts';
import type { Scaling } from './scaling.ts';
import type { StreamBatchBuilder } from './stream-batch.ts';
import { type RowCells, RowPreparer } from './stream-row.ts';
import type { WaitingRows } from './waiting-rows.ts';
import type { WindowCutter } from './window-cutter.ts';
import type { StreamCounts } from './window-stream-state.ts';

/** By which rules rows are taken, let wait, left out for being late, or rejected. */
export interface IntakeRules {
  readonly lateness: number;
  readonly repeated: 'keep' | 'reject';
  readonly maxWaiting: number;
  readonly maxEntities: number;
  readonly features: readonly string[];
  scalingOf(id: string): Scaling | undefined;
}

/** Puts the rows of each entity in order, and hands them on to be cut. */
export class RowIntake {
  readonly counts: Record<Exclude<keyof StreamCounts, 'waiting'>, number> = {
    received: 0,
    windowed: 0,
    late: 0,
    rejected: 0,
  };
  readonly #rules: IntakeRules;
  readonly #store: EntityStore;
  readonly #waiting: WaitingRows;
  readonly #cutter: WindowCutter;
  readonly #preparer: RowPreparer;
  readonly #scalings = new Map<number, Scaling | undefined>();

  constructor(rules: IntakeRules, store: EntityStore, waiting: WaitingRows, cutter: WindowCutter) {
    this.#rules = rules;
    this.#store = store;
    this.#waiting = waiting;
    this.#cutter = cutter;
    this.#preparer = new RowPreparer(rules.features);
  }

  /** Runs what receives one row; a `RetraceError` from it rejects the row. */
  attempt(id: unknown, time: unknown, batch: StreamBatchBuilder, receive: () => void): void {
    this.counts.received++;
    try {
      receive();
    } catch (error) {
      if (!isRetraceError(error)) throw error;
      this.#reject(id, time, error, batch);
    }
  }

  /** Receives one row: it is taken, waits, or is late. */
  receive(
    id: string,
    time: number,
    cells: RowCells,
    label: number | undefined,
    batch: StreamBatchBuilder,
  ): void {
    const slot = this.#slotOf(id);
    const row = this.#preparer.prepare(id, time, cells, label, this.#scalings.get(slot));
    const page = this.#store.pageOf(slot);
    const at = slot % this.#store.perPage;
    if (time < page.last[at]!) {
      this.counts.late++;
      return;
    }
    page.newest[at] = Math.max(page.newest[at]!, time);
    const { lateness, maxWaiting } = this.#rules;
    if (lateness === 0) {
      this.#take(slot, row, batch);
      return;
    }
    if (this.#waiting.add(slot, row) > maxWaiting) this.#takeWaiting(slot, Infinity, batch, 1);
    this.#takeWaiting(slot, page.newest[at]! - lateness, batch);
  }

  /** Takes all rows of an entity that wait, and ends its run. */
  finish(slot: number, batch: StreamBatchBuilder): void {
    this.#takeWaiting(slot, Infinity, batch);
    this.#cutter.endRun(slot, batch);
  }

  /** Forgets an entity. */
  forget(slot: number): void {
    this.#store.remove(slot);
    this.#scalings.delete(slot);
  }

  /** The slot of an entity, a new one if it has none. */
  #slotOf(id: string): number {
    const known = this.#store.slots.get(id);
    if (known !== undefined && this.#scalings.has(known)) return known;
    const { maxEntities } = this.#rules;
    if (known === undefined && this.#store.slots.size >= maxEntities) throw tooMany(id, maxEntities);
    const scaling = this.#rules.scalingOf(id);
    const slot = known ?? this.#store.add(id);
    this.#scalings.set(slot, scaling);
    return slot;
  }

  #takeWaiting(slot: number, until: number, batch: StreamBatchBuilder, most: number = Infinity): void {
    for (let taken = 0; taken < most; taken++) {
      const row = this.#waiting.take(slot, until);
      if (!row) return;
      this.#take(slot, row, batch);
    }
  }

  #take(slot: number, row: PreparedRow, batch: StreamBatchBuilder): void {
    const last = this.#store.pageOf(slot).last[slot % this.#store.perPage]!;
    if (this.#rules.repeated === 'reject' && row.time === last) {
      const id = this.#store.ids[slot]!;
      this.#reject(id, row.time, repeatedError(id, row.time), batch);
      return;
    }
    this.counts.windowed++;
    this.#cutter.take(slot, row, batch);
  }

  #reject(id: unknown, time: unknown, error: RetraceError, batch: StreamBatchBuilder): void {
    this.counts.rejected++;
    batch.rejected.push({ id, time, error });
  }
}

function tooMany(id: string, most: number): RetraceError {
  return new RetraceError(
    'RETRACE_TOO_MANY_ENTITIES',
    `A row of '${id}' would be of one entity more than \`maxEntities\` (${most}). Forget those that have fallen silent, ` +
      'or raise the limit.',
    { entity: id, most },
  );
}

function repeatedError(id: string, time: number): RetraceError {
  return new RetraceError(
    'RETRACE_REPEATED_TIME',
    `A row of '${id}' must not have the time of the row before it, ${time}, with \`repeated: 'reject'\`.`,
    { entity: id, time },
  );
}
