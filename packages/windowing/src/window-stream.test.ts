import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySeries, arbitrarySpec } from '../fixtures/arbitrary-series.ts';
import {
  createSeries,
  fitScaler,
  type Series,
  type StreamBatch,
  type StreamRow,
  sliceSeries,
  slidingWindows,
  type WindowSpec,
  type WindowStreamOptions,
  windowStream,
} from './index.ts';

/** The arrays of one window, and whose it is. */
interface Cut {
  readonly input: number[];
  readonly target: number[];
  readonly mask: number[];
  readonly targetMask: number[];
  readonly observed: number[];
  readonly targetObserved: number[];
  readonly label: number;
}

type Arrays = Pick<
  StreamBatch,
  'input' | 'target' | 'mask' | 'targetMask' | 'observed' | 'targetObserved' | 'label'
>;

/** Window `at` of a batch; arrays that are absent as the contract of a batch says to read them. */
function cutOf(batch: Arrays, at: number, size: number, lookback: number, horizon: number): Cut {
  const width = batch.input.length / size / lookback;
  const part = (array: ArrayLike<number> | undefined, length: number, mask?: number[]) =>
    Array.from({ length }, (_, i) => array?.[at * length + i] ?? mask?.[Math.floor(i / width)] ?? 1);
  const mask = part(batch.mask, lookback);
  const targetMask = part(batch.targetMask, horizon);
  return {
    input: part(batch.input, lookback * width),
    target: horizon > 0 ? part(batch.target, horizon * width) : [],
    mask,
    targetMask,
    observed: part(batch.observed, lookback * width, mask),
    targetObserved: horizon > 0 ? part(batch.targetObserved, horizon * width, targetMask) : [],
    label: batch.label?.[at] ?? 0,
  };
}

/** What `slidingWindows` cuts, by entity and first row. */
function batchCuts(series: readonly Series[], spec: WindowSpec, scaler?: WindowStreamOptions['scaler']) {
  const windows = slidingWindows(series, spec, scaler ? { scaler } : {});
  const { lookback, horizon } = windows.spec;
  const batch = windows.batch(Array.from({ length: windows.length }, (_, index) => index));
  // A batch that is padded but misses no cell has no `observed`; one that does has 0 there for padding too.
  return new Map(
    Array.from({ length: windows.length }, (_, index) => {
      const { series: own, row, padding } = windows.origin(index);
      const cut = cutOf(batch, index, windows.length, lookback, horizon);
      return [`${own.id} ${row} ${padding}`, cut] as const;
    }),
  );
}

function streamCuts(batches: readonly StreamBatch[], lookback: number, horizon: number): Map<string, Cut> {
  const cuts = new Map<string, Cut>();
  for (const batch of batches) {
    for (const [at, id] of batch.ids.entries()) {
      const key = `${id} ${batch.rows[at]} ${batch.padding[at]}`;
      expect(cuts.has(key)).toBe(false);
      cuts.set(key, cutOf(batch, at, batch.size, lookback, horizon));
    }
  }
  return cuts;
}

function rowOf({ id, time, values, observed, labels, features }: Series, row: number): StreamRow {
  const cells = [row * features.length, (row + 1) * features.length] as const;
  return {
    id,
    time: time[row]!,
    values: values.subarray(...cells),
    ...(observed && { observed: observed.subarray(...cells) }),
    ...(labels && { label: labels[row]! }),
  };
}

/** The rows of all series, mixed as `draws` say, those of each in order. */
function interleaved(series: readonly Series[], draws: readonly number[]): StreamRow[] {
  const queues = series.map((each) => Array.from(each.time, (_, row) => rowOf(each, row)));
  const mixed: StreamRow[] = [];
  for (let turn = 0; queues.some((queue) => queue.length > 0); turn++) {
    const left = queues.filter((queue) => queue.length > 0);
    mixed.push(left[(draws[turn % draws.length] ?? 0) % left.length]!.shift()!);
  }
  return mixed;
}

/** Cuts a list into pieces as `draws` say. */
function inPieces<T>(list: readonly T[], draws: readonly number[]): T[][] {
  const pieces: T[][] = [];
  for (let at = 0, turn = 0; at < list.length; turn++) {
    const size = 1 + (draws[turn % draws.length] ?? 0);
    pieces.push(list.slice(at, at + size));
    at += size;
  }
  return pieces;
}

const draws = fc.array(fc.nat(7), { minLength: 1, maxLength: 20 });

describe('windowStream', () => {
  it('gives each window as soon as its last row is there', () => {
    const stream = windowStream({ lookback: 2 }, { features: ['x'] });
    expect(stream.push([{ id: 'a', time: 0, values: [1] }]).size).toBe(0);
    const batch = stream.push([
      { id: 'b', time: 5, values: [9] },
      { id: 'a', time: 10, values: [2] },
      { id: 'a', time: 20, values: [3] },
    ]);
    expect(batch).toEqual({
      size: 2,
      ids: ['a', 'a'],
      rows: Float64Array.of(0, 1),
      padding: Uint32Array.of(0, 0),
      time: Float64Array.of(10, 20),
      input: Float32Array.of(1, 2, 2, 3),
      rejected: [],
    });
    expect(stream.counts()).toEqual({ received: 4, windowed: 4, late: 0, rejected: 0, waiting: 0 });
  });

  it('cuts what a batch cuts, bit for bit, however rows are mixed and pushed', () => {
    const cases = fc.record({
      series: arbitrarySeries({ missing: true }),
      spec: arbitrarySpec(),
      scaled: fc.boolean(),
      draws,
    });
    fc.assert(
      fc.property(cases, ({ series, spec, scaled, draws: turns }) => {
        const seen = series.every(({ observed, features }) =>
          features.every(
            (_, k) => !observed || observed.some((flag, cell) => cell % features.length === k && flag === 1),
          ),
        );
        const scaler = scaled && seen ? fitScaler(series, { by: 'entity', log: ['f0'] }) : undefined;
        const { features } = series[0]!;
        const stream = windowStream(spec, { features, ...(scaler && { scaler }) });
        const batches = inPieces(interleaved(series, turns), turns).map((rows) => stream.push(rows));
        const { lookback, horizon } = stream.spec;
        const cuts = streamCuts([...batches, stream.flush()], lookback, horizon);
        const expected = batchCuts(series, spec, scaler);
        expect(cuts.size).toBe(expected.size);
        for (const [key, cut] of expected) expect(cuts.get(key), key).toEqual(cut);
      }),
      { numRuns: 10_000 },
    );
  });

  it('takes series for rows', () => {
    fc.assert(
      fc.property(arbitrarySeries({ missing: true }), arbitrarySpec(), fc.nat(30), (series, spec, at) => {
        const options = { features: series[0]!.features };
        const [bySeries, byRows] = [windowStream(spec, options), windowStream(spec, options)];
        for (const each of series) {
          const cut = Math.min(at, each.time.length);
          const parts = [sliceSeries(each, 0, cut), sliceSeries(each, cut, each.time.length)];
          const rows = Array.from(each.time, (_, row) => rowOf(each, row));
          expect(bySeries.push(parts[0]!)).toEqual(byRows.push(rows.slice(0, cut)));
          expect(bySeries.push(parts[1]!)).toEqual(byRows.push(rows.slice(cut)));
        }
        expect(bySeries.flush()).toEqual(byRows.flush());
      }),
      { numRuns: 500 },
    );
  });

  it('goes on from its state as if it had never stopped, at any row', () => {
    const cases = fc.record({
      series: arbitrarySeries({ missing: true }),
      spec: arbitrarySpec(),
      lateness: fc.constantFrom(0, 3),
      draws,
      stop: fc.nat(60),
    });
    fc.assert(
      fc.property(cases, ({ series, spec, lateness, draws: turns, stop }) => {
        const rows = interleaved(series, turns);
        const options = { features: series[0]!.features, lateness };
        const [whole, before] = [windowStream(spec, options), windowStream(spec, options)];
        whole.push(rows.slice(0, stop));
        before.push(rows.slice(0, stop));
        const after = windowStream(spec, { ...options, state: structuredClone(before.state()) });
        expect(after.counts()).toEqual(whole.counts());
        for (const row of rows.slice(stop))
          expect(comparable(after.push([row]))).toEqual(comparable(whole.push([row])));
        expect(comparable(after.flush())).toEqual(comparable(whole.flush()));
        expect(after.counts()).toEqual(whole.counts());
      }),
      { numRuns: 1000 },
    );
  });

  it('puts rows in order that are no later than `lateness`, and counts those that are', () => {
    const late = fc.record({
      times: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 40 }),
      lateness: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(late, ({ times, lateness }) => {
        const stream = windowStream({ lookback: 1 }, { features: ['x'], lateness });
        const rows = times.map((time, index) => ({ id: 'a', time, values: [index] }));
        const batches = rows.map((row) => stream.push([row]));
        expect(stream.counts().waiting).toBe(
          rows.length - batches.reduce((sum, { size }) => sum + size, 0) - stream.counts().late,
        );
        const last = stream.flush();
        const order = [...batches, last].flatMap(({ input }) => [...input]);
        // By the rule: a row is late if one that is later has left already, `lateness` after its own time.
        let [taken, newest] = [-Infinity, -Infinity];
        const waiting: number[] = [];
        const kept = rows.filter(({ time }) => {
          if (time < taken) return false;
          newest = Math.max(newest, time);
          waiting.push(time);
          for (const moment of waiting) if (moment <= newest - lateness) taken = Math.max(taken, moment);
          return true;
        });
        expect(order).toEqual(kept.toSorted((a, b) => a.time - b.time).map(({ values }) => values[0]));
        const counts = stream.counts();
        expect(counts.late).toBe(rows.length - kept.length);
        expect(counts).toMatchObject({
          received: rows.length,
          waiting: 0,
          rejected: 0,
          windowed: kept.length,
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('tells of each row as it is taken, in order, scaled, and with which a run begins', () => {
    const told: object[] = [];
    const trained = createSeries({ id: 'a', features: ['x', 'y'], time: [0, 1], values: [0, 0, 2, 2] });
    const stream = windowStream(
      { lookback: 2, maxGap: 10 },
      {
        features: ['x', 'y'],
        scaler: fitScaler([trained]),
        lateness: 3,
        onRow: ({ values, observed, ...row }) =>
          told.push({ ...row, values: [...values], observed: observed && [...observed] }),
      },
    );
    const row = (time: number, x: number) => ({
      id: 'a',
      time,
      values: [x, 3],
      observed: [1, Number(x > 1)],
    });
    stream.push([row(1, 1), row(0, 2), row(3, 3)]);
    expect(told).toEqual([
      { id: 'a', row: 0, startsRun: true, time: 0, values: [1, 2], observed: undefined },
    ]);
    stream.push([row(20, 1.1)]);
    stream.flush();
    stream.push([row(21, 1)]);
    stream.flush();
    expect(told.slice(1)).toEqual([
      { id: 'a', row: 1, startsRun: false, time: 1, values: [0, 0], observed: [1, 0] },
      { id: 'a', row: 2, startsRun: false, time: 3, values: [2, 2], observed: undefined },
      { id: 'a', row: 3, startsRun: true, time: 20, values: [1.1 - 1, 2], observed: undefined },
      { id: 'a', row: 4, startsRun: true, time: 21, values: [0, 0], observed: [1, 0] },
    ]);
  });

  it('lets no more than `maxWaiting` rows of an entity wait', () => {
    const stream = windowStream({ lookback: 1 }, { features: ['x'], lateness: 1000, maxWaiting: 2 });
    const push = (time: number) => [...stream.push([{ id: 'a', time, values: [time] }]).input];
    expect([push(5), push(3), push(4), push(3)]).toEqual([[], [], [3], [3]]);
    expect(stream.counts()).toMatchObject({ windowed: 2, waiting: 2 });
  });

  it("rejects rows of a repeated time with `repeated: 'reject'`, and keeps them otherwise", () => {
    const rows = [1, 2, 3].map((value) => ({ id: 'a', time: 7, values: [value] }));
    for (const lateness of [0, 1]) {
      const strict = windowStream({ lookback: 1 }, { features: ['x'], repeated: 'reject', lateness });
      const pushed = strict.push(rows);
      const flushed = strict.flush();
      expect([...pushed.input, ...flushed.input]).toEqual([1]);
      expect([...pushed.rejected, ...flushed.rejected]).toEqual([
        { id: 'a', time: 7, error: expect.objectContaining({ code: 'RETRACE_REPEATED_TIME' }) },
        { id: 'a', time: 7, error: expect.objectContaining({ code: 'RETRACE_REPEATED_TIME' }) },
      ]);
      expect(strict.counts()).toMatchObject({ received: 3, windowed: 1, rejected: 2 });
    }
    expect([...windowStream({ lookback: 1 }, { features: ['x'] }).push(rows).input]).toEqual([1, 2, 3]);
  });

  it('flushes and forgets entities that have fallen silent, and counts their rows anew', () => {
    const stream = windowStream({ lookback: 3, minRows: 1 }, { features: ['x'], maxEntities: 2 });
    const row = (id: string, time: number) => ({ id, time, values: [time] });
    stream.push([row('a', 1), row('a', 2), row('b', 9)]);
    expect(stream.push([row('c', 9)]).rejected[0]!.error).toMatchObject({
      code: 'RETRACE_TOO_MANY_ENTITIES',
    });
    const gone = stream.forget(9);
    expect([gone.ids, [...gone.input], [...gone.mask!]]).toEqual([['a'], [0, 1, 2], [0, 1, 1]]);
    expect(stream.push([row('c', 1)]).rejected).toEqual([]);
    expect(stream.forget(9)).toMatchObject({ ids: ['c'], forgotten: ['c'] });
    // Not late: the stream knows no more of it.
    expect(stream.push([row('a', 0)]).rejected).toEqual([]);
    expect(stream.flush().ids.toSorted()).toEqual(['a', 'b']);
    expect(stream.counts()).toEqual({ received: 6, windowed: 5, late: 0, rejected: 1, waiting: 0 });
  });

  it('takes ten thousand entities in the memory of their rings', () => {
    const stream = windowStream({ lookback: 10 }, { features: ['x', 'y'] });
    const rows = Array.from({ length: 10_000 }, (_, i) => ({ id: `sensor ${i}`, time: 0, values: [i, -i] }));
    for (let time = 0; time < 9; time++)
      expect(stream.push(rows.map((row) => ({ ...row, time }))).size).toBe(0);
    const batch = stream.push(rows.map((row) => ({ ...row, time: 9 })));
    expect(batch.size).toBe(10_000);
    expect([...batch.input.subarray(77 * 20, 78 * 20)]).toEqual(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? -77 : 77)),
    );
    const { counters, values, times } = stream.state();
    expect((counters.byteLength + values.byteLength + times.byteLength) / 10_000).toBe(40 + 10 * (2 * 4 + 8));
  });

  it.each<[string, object]>([
    ['id', { id: 7 }],
    ['values', { values: [1] }],
    ['values', { values: undefined }],
    ['observed', { observed: [1] }],
    ['label', { label: 2 }],
  ])('rejects a row with a wrong `%s`, tells why, and takes the others', (argument, wrong) => {
    const stream = windowStream({ lookback: 1 }, { features: ['x', 'y'] });
    const row = { id: 'a', time: 0, values: [1, 2] };
    const { rejected, size } = stream.push([row, { ...row, ...wrong } as unknown as StreamRow, row]);
    expect(size).toBe(2);
    expect(rejected.map(({ error }) => error)).toEqual([
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    ]);
    expect(stream.counts()).toEqual({ received: 3, windowed: 2, late: 0, rejected: 1, waiting: 0 });
  });

  it.each<[string, object]>([
    ['time', { time: Number.NaN }],
    ['time', { time: '2024' }],
    ['x', { values: [Number.NaN, 0] }],
    ['y', { values: [0, 1e39] }],
    ['y', { values: [0, null] }],
    ['y', { values: [Number.NaN, '3'], observed: [0, 1] }],
  ])('rejects a row whose `%s` is no finite number (`RETRACE_NOT_FINITE`)', (feature, wrong) => {
    const stream = windowStream({ lookback: 1 }, { features: ['x', 'y'] });
    const { rejected, size } = stream.push([
      { id: 'a', time: 0, values: [1, 2], ...wrong } as unknown as StreamRow,
    ]);
    expect(size).toBe(0);
    expect(rejected[0]!.error).toMatchObject({
      code: 'RETRACE_NOT_FINITE',
      details: { entity: 'a', feature },
    });
  });

  it('rejects an entity that its scaler refuses', () => {
    const trained = createSeries({ id: 'a', features: ['x'], time: [0, 1], values: [0, 2] });
    const scaler = fitScaler([trained], { by: 'entity', unseen: 'refuse' });
    const stream = windowStream({ lookback: 1 }, { features: ['x'], scaler });
    expect(stream.push([{ id: 'b', time: 0, values: [1] }]).rejected[0]!.error).toMatchObject({
      code: 'RETRACE_UNSEEN_ENTITY',
    });
    expect([...stream.push([{ id: 'a', time: 0, values: [2] }]).input]).toEqual([1]);
  });

  it('refuses a series of other features, and what is no list of rows', () => {
    const stream = windowStream({ lookback: 1 }, { features: ['x'] });
    const series = createSeries({ id: 'a', features: ['y'], time: [0], values: [0] });
    expect(() => stream.push(series)).toThrowError(expect.objectContaining({ code: 'RETRACE_FEATURES' }));
    expect(() => stream.push('rows' as unknown as Series)).toThrowError(
      expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT' }),
    );
    expect(stream.push([null as unknown as StreamRow]).rejected[0]!.error.code).toBe(
      'RETRACE_INVALID_ARGUMENT',
    );
  });

  it.each<[string, object]>([
    ['features', { features: [] }],
    ['lateness', { features: ['x'], lateness: -1 }],
    ['lateness', { features: ['x'], lateness: Number.NaN }],
    ['repeated', { features: ['x'], repeated: 'drop' }],
    ['maxWaiting', { features: ['x'], maxWaiting: 0 }],
    ['maxEntities', { features: ['x'], maxEntities: 0 }],
    ['onRow', { features: ['x'], onRow: 'log' }],
    ['options', { features: ['x'], late: 3 }],
  ])('refuses a wrong `%s`', (argument, options) => {
    expect(() => windowStream({ lookback: 1 }, options as unknown as WindowStreamOptions)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });

  it('refuses a scaler of other features', () => {
    const scaler = fitScaler([createSeries({ id: 'a', features: ['y'], time: [0], values: [0] })]);
    expect(() => windowStream({ lookback: 1 }, { features: ['x'], scaler })).toThrowError(
      expect.objectContaining({ code: 'RETRACE_FEATURES' }),
    );
  });
});

describe('windowStream, given a state', () => {
  const options = { features: ['x'], lateness: 5 };
  const stream = windowStream({ lookback: 3 }, options);
  stream.push([0, 1, 8].map((time) => ({ id: 'a', time, values: [time] })));
  const state = stream.state();
  const with1 = (counters: number[]) => ({ ...state, counters: Float64Array.from(counters) });

  it.each<[string, unknown]>([
    ['state', []],
    ['state.format', { ...state, format: 'retrace-scaler' }],
    ['state', { ...state, more: 1 }],
    ['state.identity', { ...state, identity: '{}' }],
    ['state.counts', { ...state, counts: 3 }],
    ['state.counts.late', { ...state, counts: { ...state.counts, late: -1 } }],
    ['state.ids', { ...state, ids: ['a', 'a'] }],
    ['state.counters', { ...state, counters: new Float64Array(4) }],
    ['state.counters[0]', with1([5, 0, 5, 1, 8])],
    ['state.counters[0]', with1([2, 0, 1, 1, 8])],
    ['state.counters[0]', with1([2, 0.5, 2, 1, 8])],
    ['state.counters[0]', with1([2, 0, 2, Number.NaN, 8])],
    ['state.values', { ...state, values: [0, 1, 2] }],
    ['state.values[1]', { ...state, values: Float32Array.of(0, Number.NaN, 0) }],
    ['state.times', { ...state, times: new Float64Array(2) }],
    ['state.observed', { ...state, observed: new Uint8Array(2) }],
    ['state.labels', { ...state, labels: new Uint8Array(2) }],
    ['state.waiting', { ...state, waiting: new Float64Array(2) }],
    ['state.waiting[0]', { ...state, waiting: Float64Array.of(1, 8, -1) }],
    ['state.waitingValues', { ...state, waitingValues: new Float64Array(2) }],
    ['state.waitingValues[0]', { ...state, waitingValues: Float64Array.of(1e39) }],
    ['state.waitingObserved', { ...state, waitingObserved: new Uint8Array(0) }],
  ])('refuses one that it did not make, naming `%s`', (argument, wrong) => {
    const resume = () => windowStream({ lookback: 3 }, { ...options, state: wrong as typeof state });
    expect(resume).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_WINDOW_STREAM_STATE',
        details: expect.objectContaining({ argument }),
      }),
    );
  });

  it('refuses one of a stream of other windows, or of a later version', () => {
    expect(() => windowStream({ lookback: 2 }, { ...options, state })).toThrowError(
      expect.objectContaining({ code: 'RETRACE_WINDOW_STREAM_STATE' }),
    );
    const later = { ...state, version: 2 } as unknown as typeof state;
    expect(() => windowStream({ lookback: 3 }, { ...options, state: later })).toThrowError(
      expect.objectContaining({ code: 'RETRACE_UNSUPPORTED_VERSION' }),
    );
  });
});

/** A batch without the arrays that a store may or may not have come to need. */
function comparable({ observed, targetObserved, label, ...batch }: StreamBatch): object {
  return {
    ...batch,
    missing: [...(observed ?? [])].includes(0),
    targetMissing: [...(targetObserved ?? [])].includes(0),
    labelled: [...(label ?? [])],
  };
}
