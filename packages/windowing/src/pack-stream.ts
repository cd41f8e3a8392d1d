import type { EntityStore, PreparedRow } from './entity-store.ts';
import type { WaitingRows } from './waiting-rows.ts';
import {
  COUNTERS,
  checkWindowStreamState,
  identityText,
  type StreamIdentity,
  type WindowStreamState,
} from './window-stream-state.ts';

/** What a stream consists of, and what its state is of. */
export interface StreamParts {
  readonly store: EntityStore;
  readonly waiting: WaitingRows;
  readonly counts: Record<keyof WindowStreamState['counts'], number>;
}

/** Packs a stream into its state, a copy of it. */
export function packStream(
  identity: StreamIdentity,
  { store, waiting, counts }: StreamParts,
): WindowStreamState {
  const live = [...store.slots.values()];
  const { rows, features } = store;
  const pages = live.map((slot) => store.pageOf(slot));
  const observed = new Uint8Array(
    pages.some((page) => page.observed) ? live.length * rows * features : 0,
  ).fill(1);
  const labels = new Uint8Array(pages.some((page) => page.labels) ? live.length * rows : 0);
  const counters = new Float64Array(live.length * COUNTERS);
  const values = new Float32Array(live.length * rows * features);
  const times = new Float64Array(live.length * rows);
  for (const [entity, slot] of live.entries()) {
    const [page, at] = [pages[entity]!, slot % store.perPage];
    const { run, next, total, last, newest } = page;
    counters.set([run[at]!, next[at]!, total[at]!, last[at]!, newest[at]!], entity * COUNTERS);
    const cells = [at * rows * features, (at + 1) * rows * features] as const;
    values.set(page.values.subarray(...cells), entity * rows * features);
    if (page.observed) observed.set(page.observed.subarray(...cells), entity * rows * features);
    times.set(page.times.subarray(at * rows, (at + 1) * rows), entity * rows);
    if (page.labels) labels.set(page.labels.subarray(at * rows, (at + 1) * rows), entity * rows);
  }
  return {
    format: 'retrace-window-stream',
    version: 1,
    identity: identityText(identity),
    counts: { ...counts },
    ids: live.map((slot) => store.ids[slot]!),
    counters,
    values,
    times,
    observed,
    labels,
    ...packWaiting(waiting, new Map(live.map((slot, entity) => [slot, entity])), features),
  };
}

function packWaiting(
  waiting: WaitingRows,
  entityOf: ReadonlyMap<number, number>,
  features: number,
): Pick<WindowStreamState, 'waiting' | 'waitingValues' | 'waitingObserved'> {
  const packed = {
    waiting: new Float64Array(waiting.count * 3),
    waitingValues: new Float64Array(waiting.count * features),
    waitingObserved: new Uint8Array(waiting.count * features).fill(1),
  };
  let place = 0;
  for (const [slot, rows] of waiting.entries()) {
    for (const { time, values, observed, label } of rows) {
      packed.waiting.set([entityOf.get(slot)!, time, label ?? -1], place * 3);
      packed.waitingValues.set(values, place * features);
      if (observed) packed.waitingObserved.set(observed, place * features);
      place++;
    }
  }
  return packed;
}

/**
 * Fills the empty parts of a stream from a state.
 *
 * @throws `RETRACE_WINDOW_STREAM_STATE` for a state of another stream, or one that `packStream` did not make;
 * `RETRACE_UNSUPPORTED_VERSION`.
 */
export function unpackStream(value: unknown, identity: StreamIdentity, parts: StreamParts): void {
  const { store, waiting, counts } = parts;
  const { rows, features } = store;
  const state = checkWindowStreamState(value, identity, rows, features);
  Object.assign(counts, state.counts);
  for (const [entity, id] of state.ids.entries()) {
    const slot = store.add(id);
    const [page, at] = [store.pageOf(slot), slot % store.perPage];
    const [run, next, total, last, newest] = state.counters.subarray(entity * COUNTERS);
    [page.run[at], page.next[at], page.total[at], page.last[at], page.newest[at]] = [
      run!,
      next!,
      total!,
      last!,
      newest!,
    ];
    const cells = [entity * rows * features, (entity + 1) * rows * features] as const;
    page.values.set(state.values.subarray(...cells), at * rows * features);
    page.times.set(state.times.subarray(entity * rows, (entity + 1) * rows), at * rows);
    if (state.observed.length > 0) {
      page.observed ??= new Uint8Array(page.values.length).fill(1);
      page.observed.set(state.observed.subarray(...cells), at * rows * features);
    }
    if (state.labels.length > 0) {
      page.labels ??= new Uint8Array(page.times.length);
      page.labels.set(state.labels.subarray(entity * rows, (entity + 1) * rows), at * rows);
    }
  }
  for (let place = 0; place * 3 < state.waiting.length; place++) {
    const [entity, time, label] = state.waiting.subarray(place * 3);
    const observed = state.waitingObserved.subarray(place * features, (place + 1) * features);
    const row: PreparedRow = {
      time: time!,
      values: state.waitingValues.subarray(place * features, (place + 1) * features),
      observed: observed.includes(0) ? observed : undefined,
      label: label === -1 ? undefined : label!,
    };
    waiting.add(store.slots.get(state.ids[entity!]!)!, row);
  }
}
