import { argumentError, checkFormat, checkKeys, checkNumber, checkRecord, checkState } from '@retrace/errors';
import type { ScalerState } from './scaler-state.ts';
import type { WindowSpec } from './windows.ts';

/** What became of the rows that a stream received; `received` is the sum of the others. */
export interface StreamCounts {
  readonly received: number;
  /** Taken, in order. */
  readonly windowed: number;
  /** Left out for being earlier than a row taken before. */
  readonly late: number;
  /** Left out for being no row, for a repeated time, or for an entity too many. */
  readonly rejected: number;
  /** To be taken yet: with `lateness`. */
  readonly waiting: number;
}

/** What a stream of windows goes on from: plain data, with its arrays as typed arrays. */
export interface WindowStreamState {
  readonly format: 'retrace-window-stream';
  readonly version: 1;
  /** The window spec, the features and the scaler of the stream, as JSON. */
  readonly identity: string;
  readonly counts: {
    readonly received: number;
    readonly windowed: number;
    readonly late: number;
    readonly rejected: number;
  };
  readonly ids: readonly string[];
  /** `[entities, 5]`: rows of the run, start of the next window, rows in all, last time, newest time. */
  readonly counters: Float64Array;
  /** `[entities, rows, features]`. */
  readonly values: Float32Array;
  /** `[entities, rows]`. */
  readonly times: Float64Array;
  /** As `values`, or empty where no cell was missing. */
  readonly observed: Uint8Array;
  /** As `times`, or empty where no row had a label. */
  readonly labels: Uint8Array;
  /** The rows that wait: entity, time and label (-1: none) of each, `[waiting, 3]`. */
  readonly waiting: Float64Array;
  /** `[waiting, features]`, not rounded yet. */
  readonly waitingValues: Float64Array;
  /** `[waiting, features]`. */
  readonly waitingObserved: Uint8Array;
}

export interface StreamIdentity {
  readonly spec: Required<WindowSpec>;
  readonly features: readonly string[];
  readonly scaler: ScalerState | undefined;
}

/** Numbers in `counters` for each entity. */
export const COUNTERS = 5;

const keys = [
  'format',
  'version',
  'identity',
  'counts',
  'ids',
  'counters',
  'values',
  'times',
  'observed',
  'labels',
  'waiting',
  'waitingValues',
  'waitingObserved',
];

/**
 * Checks a state field by field against the stream that it is for, whose rings are of `rows` rows.
 *
 * @throws `RETRACE_WINDOW_STREAM_STATE` for a state of another stream, or damaged; `RETRACE_UNSUPPORTED_VERSION`.
 */
export function checkWindowStreamState(
  value: unknown,
  identity: StreamIdentity,
  rows: number,
  features: number,
): WindowStreamState {
  return checkState('RETRACE_WINDOW_STREAM_STATE', () => {
    const state = checkRecord('state', value);
    checkFormat('state', state, 'retrace-window-stream');
    checkKeys('state', state, keys);
    if (state.identity !== identityText(identity)) {
      throw argumentError(
        'state.identity',
        'that of a stream of the same windows, features and scaler',
        state.identity,
      );
    }
    const counts = checkRecord('state.counts', state.counts);
    checkKeys('state.counts', counts, ['received', 'windowed', 'late', 'rejected']);
    for (const name of ['received', 'windowed', 'late', 'rejected'])
      checkNumber(`state.counts.${name}`, counts[name], { min: 0 });
    const { ids } = state;
    if (
      !Array.isArray(ids) ||
      !ids.every((id) => typeof id === 'string') ||
      new Set(ids).size !== ids.length
    ) {
      throw argumentError('state.ids', 'an array of strings, each once', ids);
    }
    const cells = ids.length * rows * features;
    checkArray(state, 'counters', Float64Array, [ids.length * COUNTERS]);
    checkArray(state, 'values', Float32Array, [cells]);
    checkArray(state, 'times', Float64Array, [ids.length * rows]);
    checkArray(state, 'observed', Uint8Array, [cells, 0]);
    checkArray(state, 'labels', Uint8Array, [ids.length * rows, 0]);
    const { waiting } = state;
    const queued = waiting instanceof Float64Array ? Math.floor(waiting.length / 3) : 0;
    checkArray(state, 'waiting', Float64Array, [queued * 3]);
    checkArray(state, 'waitingValues', Float64Array, [queued * features]);
    checkArray(state, 'waitingObserved', Uint8Array, [queued * features]);
    const checked = state as unknown as WindowStreamState;
    checkFinite(checked);
    checkCounters(checked, rows);
    return checked;
  });
}

function checkArray(
  state: Record<string, unknown>,
  field: keyof WindowStreamState,
  type: typeof Float64Array | typeof Float32Array | typeof Uint8Array,
  lengths: readonly number[],
): void {
  const array = state[field];
  if (array instanceof type && lengths.includes(array.length)) return;
  throw argumentError(`state.${field}`, `a ${type.name} of length ${lengths[0]}`, array);
}

function checkFinite({ values, times, waiting, waitingValues }: WindowStreamState): void {
  const rounded = Float32Array.from(waitingValues);
  for (const [field, array] of Object.entries({ values, times, waiting, waitingValues: rounded })) {
    const wrong = array.findIndex((each: number) => !Number.isFinite(each));
    if (wrong >= 0) throw argumentError(`state.${field}[${wrong}]`, 'a finite number', array[wrong]);
  }
}

/** Refuses counters by which a window would reach outside its ring. */
function checkCounters({ counters, waiting, ids }: WindowStreamState, rows: number): void {
  for (let at = 0; at < counters.length; at += COUNTERS) {
    const [run, next, total, last, newest] = counters.subarray(at);
    const areCounts = [run, next, total].every((count) => Number.isSafeInteger(count) && count! >= 0);
    if (areCounts && next! + rows > run! && total! >= run! && last! < Infinity && newest! < Infinity)
      continue;
    throw argumentError(`state.counters[${at}]`, 'the counters of an entity', run);
  }
  for (let at = 0; at < waiting.length; at += 3) {
    if (ids[waiting[at]!] === undefined)
      throw argumentError(`state.waiting[${at}]`, 'the position of an entity', waiting[at]);
  }
}

/** Says what a state must be of, to be compared. */
export function identityText({ spec, features, scaler }: StreamIdentity): string {
  // JSON has no Infinity, which `maxGap` may be.
  return JSON.stringify({ spec: { ...spec, maxGap: String(spec.maxGap) }, features, scaler });
}
