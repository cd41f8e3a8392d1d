import { argumentError, checkInteger, checkKeys, checkOneOf } from '@retrace/errors';
import { checkFeatures, checkSeries } from './check-series.ts';
import { EntityStore } from './entity-store.ts';
import { packStream, unpackStream } from './pack-stream.ts';
import { RowIntake } from './row-intake.ts';
import { checkFeatureNames } from './rows.ts';
import type { ScalerState } from './scaler-state.ts';
import { scalingsOf } from './scaling.ts';
import type { Series } from './series.ts';
import { type StreamBatch, StreamBatchBuilder } from './stream-batch.ts';
import { checkStreamRow, type StreamRow } from './stream-row.ts';
import type { TakenRow } from './taken-row.ts';
import { WaitingRows } from './waiting-rows.ts';
import { rowsKept, WindowCutter } from './window-cutter.ts';
import { checkWindowSpec } from './window-spec.ts';
import type { StreamCounts, WindowStreamState } from './window-stream-state.ts';
import type { WindowSpec } from './windows.ts';

export interface WindowStreamOptions {
  /** The features of every row, in order. */
  readonly features: readonly string[];
  /** Applied to each row as it arrives. Default: values are taken as they are. */
  readonly scaler?: ScalerState;
  /**
   * How much later, in the unit of time, a row of an entity must have arrived before the rows before it become windows:
   * those that arrive out of order within it are put in order. Default 0: rows arrive in order.
   */
  readonly lateness?: number;
  /** Whether a row at the time of the row before it is kept, as a batch keeps it, or rejected. Default `'keep'`. */
  readonly repeated?: 'keep' | 'reject';
  /** The most rows of an entity that wait; the earliest goes before its time then. Default 1024. */
  readonly maxWaiting?: number;
  /** The most entities; rows of others are rejected. Default 1,000,000. */
  readonly maxEntities?: number;
  /** Told of each row as it is taken, before `push`, `flush` or `forget` returns the windows that it completes. */
  readonly onRow?: (row: TakenRow) => void;
  /** What `state` gave: the stream goes on where that one was. */
  readonly state?: WindowStreamState;
}

/** Cuts windows out of rows while they arrive, entity by entity. */
export interface WindowStream {
  readonly spec: Required<WindowSpec>;
  readonly features: readonly string[];
  /**
   * Takes rows, of any entities, or a series, and returns the windows that they complete. A row that is no row is
   * rejected, with its error in the batch, and the others are taken.
   *
   * @throws `RETRACE_FEATURES` for a series of other features; `RETRACE_INVALID_ARGUMENT` for what is no list of rows.
   */
  push(rows: readonly StreamRow[] | Series): StreamBatch;
  /** Ends the run of every entity: rows that wait are taken, and the windows at the ends of runs returned. */
  flush(): StreamBatch;
  /** Flushes and forgets the entities that have no row at or after `time`; their rows count from 0 if they come back. */
  forget(time: number): StreamBatch & { readonly forgotten: readonly string[] };
  /** `received` is at all times the sum of the others; `waiting` is 0 after `flush`. */
  counts(): StreamCounts;
  /** What to go on from, as plain data: text, numbers and typed arrays, fit for `structuredClone` or a file. */
  state(): WindowStreamState;
}

/**
 * Makes a stream of windows: those that `slidingWindows` cuts from the same rows in order of time, bit for bit, each as
 * soon as its last row is there; those at the end of a run, short or flush (`minRows`, `anchor: 'both'`), once a gap or
 * `flush` ends it.
 *
 * A row earlier than one of its entity that was taken already is late, and is counted and left out. Memory is bounded: an
 * entity keeps the `lookback + shift + horizon` rows that a window spans, 4 bytes for each of their values and 8 for each
 * time, 40 bytes beside, and its id; rows that wait are extra. 10⁶ entities of 2 features and a lookback of 10 take
 * 0.4 GB, half of it for their ids.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`; `RETRACE_SCALER_STATE`; `RETRACE_FEATURES` for a scaler of other features;
 * `RETRACE_WINDOW_STREAM_STATE` for a state of another stream, or damaged.
 */
export function windowStream(spec: WindowSpec, options: WindowStreamOptions): WindowStream {
  checkKeys('options', options, [
    'features',
    'scaler',
    'lateness',
    'repeated',
    'maxWaiting',
    'maxEntities',
    'onRow',
    'state',
  ]);
  const full = checkWindowSpec(spec);
  const features = checkFeatureNames(options.features);
  const { scaler, lateness = 0, repeated = 'keep', maxWaiting = 1024, maxEntities = 1_000_000 } = options;
  const { onRow } = options;
  if (typeof lateness !== 'number' || !(lateness >= 0))
    throw argumentError('lateness', 'a number of at least 0', lateness);
  checkOneOf('repeated', repeated, ['keep', 'reject']);
  checkInteger('maxWaiting', maxWaiting, { min: 1 });
  checkInteger('maxEntities', maxEntities, { min: 1 });
  if (onRow !== undefined && typeof onRow !== 'function') throw argumentError('onRow', 'a function', onRow);
  if (scaler) checkFeatures({ id: 'scaler', features: scaler.features }, features);
  const scalingOf = scaler ? scalingsOf(scaler) : () => undefined;
  const store = new EntityStore(rowsKept(full), features.length);
  const waiting = new WaitingRows();
  const rules = { lateness, repeated, maxWaiting, maxEntities, features, scalingOf };
  const intake = new RowIntake(rules, store, waiting, new WindowCutter(store, full, onRow));
  const identity = { spec: full, features, scaler };
  const parts = { store, waiting, counts: intake.counts };
  if (options.state) unpackStream(options.state, identity, parts);
  const newBatch = () => new StreamBatchBuilder(full, features.length);

  return {
    spec: full,
    features,
    push(rows) {
      const batch = newBatch();
      if (isRows(rows)) pushRows(intake, rows, features.length, batch);
      else pushSeries(intake, rows, features, batch);
      return batch.finish();
    },
    flush() {
      const batch = newBatch();
      for (const slot of store.slots.values()) intake.finish(slot, batch);
      return batch.finish();
    },
    forget(time) {
      const batch = newBatch();
      const forgotten: string[] = [];
      for (const [id, slot] of [...store.slots]) {
        if (store.pageOf(slot).newest[slot % store.perPage]! >= time) continue;
        intake.finish(slot, batch);
        intake.forget(slot);
        forgotten.push(id);
      }
      return { ...batch.finish(), forgotten };
    },
    counts: () => ({ ...intake.counts, waiting: waiting.count }),
    state: () => packStream(identity, parts),
  };
}

function isRows(rows: readonly StreamRow[] | Series): rows is readonly StreamRow[] {
  return Array.isArray(rows);
}

function pushRows(
  intake: RowIntake,
  rows: readonly StreamRow[],
  features: number,
  batch: StreamBatchBuilder,
): void {
  for (const row of rows) {
    intake.attempt(row?.id, row?.time, batch, () => {
      checkStreamRow(row, features);
      const { id, time, values, observed, label } = row;
      intake.receive(id, time, { values, observed, offset: 0 }, label, batch);
    });
  }
}

function pushSeries(
  intake: RowIntake,
  series: Series,
  features: readonly string[],
  batch: StreamBatchBuilder,
): void {
  checkSeries([series]);
  checkFeatures(series, features);
  const { id, time, values, observed, labels } = series;
  for (let row = 0; row < time.length; row++) {
    const cells = { values, observed, offset: row * features.length };
    intake.attempt(id, time[row], batch, () => intake.receive(id, time[row]!, cells, labels?.[row], batch));
  }
}
