import type { EntityStore, PreparedRow } from './entity-store.ts';
import type { StreamBatchBuilder } from './stream-batch.ts';
import type { TakenRow } from './taken-row.ts';
import { hasPaddedWindow } from './window-layout.ts';
import { lead } from './window-spec.ts';
import type { WindowSpec } from './windows.ts';

/** The rows that a stream keeps of each entity: those that its next window may reach back to. */
export function rowsKept(spec: Required<WindowSpec>): number {
  return spec.lookback + lead(spec);
}

/** Cuts windows out of the rings of a store. */
export class WindowCutter {
  readonly #store: EntityStore;
  readonly #spec: Required<WindowSpec>;
  readonly #onRow: ((row: TakenRow) => void) | undefined;

  constructor(store: EntityStore, spec: Required<WindowSpec>, onRow?: (row: TakenRow) => void) {
    this.#store = store;
    this.#spec = spec;
    this.#onRow = onRow;
  }

  /**
   * Takes the next row of an entity, no earlier than its last, and adds to `batch` the window that it completes; with a
   * gap before it, those at the end of the run that it ends.
   */
  take(slot: number, row: PreparedRow, batch: StreamBatchBuilder): void {
    const page = this.#store.pageOf(slot);
    const at = slot % this.#store.perPage;
    if (page.run[at]! > 0 && row.time - page.last[at]! > this.#spec.maxGap) this.endRun(slot, batch);
    this.#onRow?.({
      id: this.#store.ids[slot]!,
      row: page.total[at]!,
      startsRun: page.run[at] === 0,
      time: row.time,
      values: row.values,
      observed: row.observed,
    });
    this.#store.write(slot, page.run[at]!, row);
    page.run[at]!++;
    page.total[at]!++;
    page.last[at] = row.time;
    if (page.next[at]! + this.#store.rows > page.run[at]!) return;
    this.#cut(slot, page.next[at]!, 0, batch);
    page.next[at]! += this.#spec.stride;
  }

  /** Ends the run of an entity: adds the window flush with its end, or the padded one, if the spec asks for them. */
  endRun(slot: number, batch: StreamBatchBuilder): void {
    const page = this.#store.pageOf(slot);
    const at = slot % this.#store.perPage;
    const run = page.run[at]!;
    const spare = run - this.#store.rows;
    const { anchor, stride } = this.#spec;
    if (spare >= 0 && anchor === 'both' && spare % stride !== 0) this.#cut(slot, spare, 0, batch);
    if (spare < 0 && hasPaddedWindow(run, this.#spec)) this.#cut(slot, 0, -spare, batch);
    page.run[at] = page.next[at] = 0;
  }

  /** Adds the window that begins with row `first` of the run, after steps of padding. */
  #cut(slot: number, first: number, padding: number, batch: StreamBatchBuilder): void {
    const { lookback, horizon, shift } = this.#spec;
    const page = this.#store.pageOf(slot);
    const at = slot % this.#store.perPage;
    const end = first - padding + lookback;
    const row = page.total[at]! - page.run[at]! + first;
    const time = page.times[this.#placeOf(slot, end - 1)]!;
    const place = batch.begin(this.#store.ids[slot]!, row, padding, time);
    if (page.observed) batch.markMissing();
    this.#copy(slot, first, end, batch.input, batch.observed, (place + 1) * lookback);
    const [from, to] = [Math.max(first, end + shift), end + shift + horizon];
    this.#copy(slot, from, to, batch.target, batch.targetObserved, (place + 1) * horizon);
    if (!page.labels) return;
    batch.labelled = true;
    batch.label[place] = this.#anyLabelled(slot, first, end) || this.#anyLabelled(slot, from, to) ? 1 : 0;
  }

  /** Copies rows `[from, to)` of the run to the steps that end before step `end` of an array of the batch. */
  #copy(
    slot: number,
    from: number,
    to: number,
    values: Float32Array,
    observed: Uint8Array | undefined,
    end: number,
  ): void {
    const { features, rows } = this.#store;
    const page = this.#store.pageOf(slot);
    for (let row = from; row < to; ) {
      const place = this.#placeOf(slot, row);
      // As many rows as there are up to the end of the ring.
      const count = Math.min(to - row, rows - (row % rows));
      const into = (end - (to - row)) * features;
      const [begin, finish] = [place * features, (place + count) * features];
      values.set(page.values.subarray(begin, finish), into);
      if (page.observed) observed?.set(page.observed.subarray(begin, finish), into);
      row += count;
    }
  }

  #anyLabelled(slot: number, from: number, to: number): boolean {
    const { labels } = this.#store.pageOf(slot);
    for (let row = from; row < to; row++) if (labels![this.#placeOf(slot, row)] === 1) return true;
    return false;
  }

  #placeOf(slot: number, row: number): number {
    const { rows, perPage } = this.#store;
    return (slot % perPage) * rows + (row % rows);
  }
}
