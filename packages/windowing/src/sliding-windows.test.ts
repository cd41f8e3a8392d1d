import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySeries, arbitrarySpec } from '../fixtures/arbitrary-series.ts';
import {
  checkWindowSpec,
  createSeries,
  fitScaler,
  runs,
  type Series,
  scale,
  slidingWindows,
  type WindowSpec,
  type Windows,
} from './index.ts';

/** Rows `from` to `to` of one feature, each holding its own number, one unit of time apart. */
function counter(
  rows: number,
  time: readonly number[] = Array.from({ length: rows }, (_, row) => row),
): Series {
  return createSeries({ id: 'counter', features: ['x'], time, values: time.map((_, row) => row + 1) });
}

function all({ length }: Windows): number[] {
  return Array.from({ length }, (_, index) => index);
}

interface ExpectedWindow {
  readonly entity: number;
  /** The row of each step, undefined where it is padding. */
  readonly rowsIn: readonly (number | undefined)[];
  readonly rowsOut: readonly (number | undefined)[];
}

/** Lists every window row by row: what `slidingWindows` must give. */
function expectedWindows(series: readonly Series[], spec: WindowSpec): ExpectedWindow[] {
  const { lookback, horizon, shift, stride, maxGap, minRows, anchor } = checkWindowSpec(spec);
  const ahead = horizon > 0 ? Math.max(0, shift + horizon) : 0;
  return series.flatMap((each, entity) =>
    runs(each, maxGap).flatMap(([from, to]) => {
      const last = to - lookback - ahead;
      const starts: number[] = [];
      for (let start = from; start <= last; start += stride) starts.push(start);
      if (anchor === 'both' && last >= from && starts.at(-1) !== last) starts.push(last);
      if (last < from && to - from - ahead >= minRows) starts.push(last);
      const rowOf = (row: number) => (row < from ? undefined : row);
      const windows = starts.map((start) => ({
        entity,
        rowsIn: Array.from({ length: lookback }, (_, step) => rowOf(start + step)),
        rowsOut: Array.from({ length: horizon }, (_, step) => rowOf(start + lookback + shift + step)),
      }));
      return windows.filter(({ rowsOut }) => horizon === 0 || rowsOut.some((row) => row !== undefined));
    }),
  );
}

describe('slidingWindows', () => {
  it('cuts windows `stride` apart', () => {
    const windows = slidingWindows([counter(6)], { lookback: 3, stride: 2 });
    expect(windows.length).toBe(2);
    expect([...windows.batch([0, 1]).input]).toEqual([1, 2, 3, 3, 4, 5]);
  });

  it('gives every window exactly the rows it claims, and none across a gap or an entity', () => {
    const cases = fc.tuple(arbitrarySeries({ missing: true }), arbitrarySpec());
    fc.assert(
      fc.property(cases, ([series, spec]) => {
        const expected = expectedWindows(series, spec);
        const windows = slidingWindows(series, spec);
        expect(windows.length).toBe(expected.length);
        const batch = windows.batch(all(windows));
        const width = windows.features.length;
        const cell = (entity: number, row: number | undefined, k: number) =>
          row === undefined || series[entity]!.observed?.[row * width + k] === 0
            ? 0
            : series[entity]!.values[row * width + k]!;
        const seen = (entity: number, row: number | undefined, k: number) =>
          row === undefined ? 0 : (series[entity]!.observed?.[row * width + k] ?? 1);
        const each = (of: typeof cell, side: 'rowsIn' | 'rowsOut') =>
          expected.flatMap((window) =>
            window[side].flatMap((row) => windows.features.map((_, k) => of(window.entity, row, k))),
          );
        const real = (side: 'rowsIn' | 'rowsOut') =>
          expected.flatMap((window) => window[side].map((row) => (row === undefined ? 0 : 1)));
        const labelled = expected.map(({ entity, rowsIn, rowsOut }) =>
          [...rowsIn, ...rowsOut].some((row) => row !== undefined && series[entity]!.labels![row] === 1)
            ? 1
            : 0,
        );
        expect([...batch.input]).toEqual(each(cell, 'rowsIn'));
        expect([...(batch.target ?? [])]).toEqual(each(cell, 'rowsOut'));
        expect([...batch.entity!]).toEqual(expected.map(({ entity }) => entity));
        expect([...batch.label!]).toEqual(labelled);
        if (batch.mask) expect([...batch.mask]).toEqual(real('rowsIn'));
        else expect(real('rowsIn')).not.toContain(0);
        if (batch.targetMask) expect([...batch.targetMask]).toEqual(real('rowsOut'));
        else expect(real('rowsOut')).not.toContain(0);
        if (batch.observed) expect([...batch.observed]).toEqual(each(seen, 'rowsIn'));
        else expect(series.every(({ observed }) => !observed?.includes(0))).toBe(true);
        if (batch.targetObserved) expect([...batch.targetObserved]).toEqual(each(seen, 'rowsOut'));
        for (const [index, { entity, rowsIn }] of expected.entries()) {
          const padding = rowsIn.findIndex((row) => row !== undefined);
          expect(windows.origin(index)).toEqual({
            series: series[entity],
            entity,
            row: rowsIn[padding],
            padding,
          });
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('makes each step the successor of its input with horizon 8 and shift -8 on 9 rows', () => {
    const windows = slidingWindows([counter(9)], { lookback: 9, horizon: 8, shift: -8 });
    const { input, target } = windows.batch([0]);
    expect([...input]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...target!]).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("adds a window flush with the end of a run with anchor 'both'", () => {
    const spec = { lookback: 3, stride: 2, maxGap: 1 };
    const series = [counter(11, [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14])];
    const rows = (anchor: 'start' | 'both') => {
      const windows = slidingWindows(series, { ...spec, anchor });
      return all(windows).map((index) => windows.origin(index).row);
    };
    expect(rows('start')).toEqual([0, 2, 6, 8]);
    expect(rows('both')).toEqual([0, 2, 3, 6, 8]);
  });

  it('pads a run shorter than `lookback` on the left, in the middle of a series too', () => {
    const windows = slidingWindows([counter(7, [0, 1, 2, 10, 11, 20, 30])], {
      lookback: 3,
      maxGap: 1,
      minRows: 2,
    });
    const { input, mask } = windows.batch([0, 1]);
    expect(windows.length).toBe(2);
    expect([...input]).toEqual([1, 2, 3, 0, 4, 5]);
    expect([...mask!]).toEqual([1, 1, 1, 0, 1, 1]);
    expect(windows.origin(1)).toMatchObject({ row: 3, padding: 1 });
  });

  it('keeps the target of a padded window whole', () => {
    const windows = slidingWindows([counter(4)], { lookback: 5, horizon: 2, minRows: 2 });
    const { input, target, targetMask } = windows.batch([0]);
    expect([...input]).toEqual([0, 0, 0, 1, 2]);
    expect([...target!]).toEqual([3, 4]);
    expect(targetMask).toBeUndefined();
  });

  it('masks the steps of a target that a negative shift puts on padding', () => {
    const windows = slidingWindows([counter(3)], { lookback: 5, horizon: 4, shift: -4, minRows: 1 });
    const { target, targetMask } = windows.batch([0]);
    expect([...target!]).toEqual([0, 1, 2, 3]);
    expect([...targetMask!]).toEqual([0, 1, 1, 1]);
  });

  it('has no window where every run is too short, and gathers an empty batch', () => {
    const windows = slidingWindows([counter(2), counter(0)], { lookback: 3 });
    expect(windows.length).toBe(0);
    expect(windows.batch([])).toMatchObject({ size: 0, input: new Float32Array() });
    expect(() => windows.origin(0)).toThrowError(
      expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT' }),
    );
  });

  it('gathers the same into an old batch as into a new one', () => {
    const cases = fc.tuple(arbitrarySeries({ missing: true }), arbitrarySpec(), fc.infiniteStream(fc.nat()));
    fc.assert(
      fc.property(cases, ([series, spec, draws]) => {
        const windows = slidingWindows(series, spec);
        fc.pre(windows.length > 0);
        const draw = () => Array.from({ length: 3 }, () => draws.next().value % windows.length);
        const [first, second] = [draw(), draw()];
        const reused = windows.batch(first);
        expect(windows.batch(second, reused)).toBe(reused);
        expect(reused).toEqual(windows.batch(second));
      }),
    );
  });

  it('scales as it gathers, bit for bit as `scale` before', () => {
    fc.assert(
      fc.property(arbitrarySeries(), arbitrarySpec(), (series, spec) => {
        const scaler = fitScaler(series, { kind: 'robust', by: 'entity', log: ['f0'] });
        const lazy = slidingWindows(series, spec, { scaler });
        const eager = slidingWindows(scale(series, scaler), spec);
        expect(lazy.batch(all(lazy))).toEqual(eager.batch(all(eager)));
      }),
    );
  });

  it('rounds the scaled value once, from float64', () => {
    const series = createSeries({ id: 'a', features: ['x'], time: [0, 1], values: [1e12, 1e12 + 0.25] });
    const scaler = fitScaler([series], { kind: 'minmax' });
    expect([...slidingWindows([series], { lookback: 2 }, { scaler }).batch([0]).input]).toEqual([0, 1]);
  });

  it('lays out a billion windows in the memory of their boundaries', () => {
    const rows = 1_000_000;
    const series = { ...counter(0), time: new Float64Array(rows), values: new Float32Array(rows) };
    const windows = slidingWindows(
      Array.from({ length: 1001 }, () => series),
      { lookback: 100 },
    );
    expect(windows.length).toBe(1001 * (rows - 99));
    expect(windows.origin(1000 * (rows - 99) + 7)).toMatchObject({ entity: 1000, row: 7 });
  });

  it('lays out the windows of a million series', () => {
    const series = counter(3);
    const windows = slidingWindows(new Array(1_000_000).fill(series), { lookback: 2 });
    expect(windows.length).toBe(2_000_000);
    expect(windows.origin(1_999_999)).toMatchObject({ entity: 999_999, row: 1 });
  });

  it('refuses a cell that float32 cannot hold, unless a scaler makes it fit', () => {
    const series = [createSeries({ id: 'a', features: ['x', 'y'], time: [0, 1], values: [1, 2, 3, 1e308] })];
    expect(() => slidingWindows(series, { lookback: 1 })).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_NOT_FINITE',
        details: expect.objectContaining({ row: 1, feature: 'y' }),
      }),
    );
    const scaler = fitScaler(series, { kind: 'minmax' });
    expect([...slidingWindows(series, { lookback: 2 }, { scaler }).batch([0]).input]).toEqual([0, 0, 1, 1]);
  });

  it('takes 5e-324 for the 0 that it is in float32', () => {
    const series = [createSeries({ id: 'a', features: ['x'], time: [0], values: [5e-324] })];
    expect([...slidingWindows(series, { lookback: 1 }).batch([0]).input]).toEqual([0]);
  });

  it('refuses a NaN that a hand-made series does not declare missing', () => {
    const series = [{ ...counter(3), values: Float64Array.of(1, Number.NaN, 3) }];
    expect(() => slidingWindows(series, { lookback: 1 })).toThrowError(
      expect.objectContaining({ code: 'RETRACE_NOT_FINITE', details: expect.objectContaining({ row: 1 }) }),
    );
  });

  it('refuses series with other features, or in another order', () => {
    const [a, b] = [
      createSeries({ id: 'a', features: ['x', 'y'], time: [0], values: [1, 2] }),
      createSeries({ id: 'b', features: ['y', 'x'], time: [0], values: [1, 2] }),
    ];
    expect(() => slidingWindows([a, b], { lookback: 1 })).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_FEATURES',
        details: expect.objectContaining({ series: 'b' }),
      }),
    );
    expect(() => slidingWindows([a], { lookback: 1 }, { scaler: fitScaler([b]) })).toThrowError(
      expect.objectContaining({ code: 'RETRACE_FEATURES' }),
    );
  });

  it.each([
    ['indices[1]', (windows: Windows) => windows.batch([0, 3])],
    ['indices[0]', (windows: Windows) => windows.batch([0.5])],
    ['index', (windows: Windows) => windows.origin(-1)],
    ['into.input', (windows: Windows) => windows.batch([0], windows.batch([0, 1]))],
    [
      'into.label',
      (windows: Windows) => windows.batch([0], { ...windows.batch([0]), label: new Float32Array(1) }),
    ],
  ])('refuses a wrong `%s`', (argument, call) => {
    expect(() => call(slidingWindows([counter(3)], { lookback: 1 }))).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });

  it.each([
    ['series', [] as Series[]],
    ['series', counter(3) as unknown as Series[]],
    ['series[0].values', [{ ...counter(3), values: new Float32Array(2) }]],
    ['series[0].observed', [{ ...counter(3), observed: new Uint8Array(2) }]],
    ['series[0].labels', [{ ...counter(3), labels: new Uint8Array(2) }]],
    ['series[0]', [{ rows: 3 } as unknown as Series]],
    ['series[0]', [null as unknown as Series]],
    ['series[0]', [{ ...counter(3), values: [0, 1, 2] } as unknown as Series]],
  ])('refuses a wrong `%s`', (argument, series) => {
    expect(() => slidingWindows(series, { lookback: 1 })).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});

describe('slidingWindows, given series made by hand', () => {
  it.each([[[0, 2, 1]], [[0, Number.NaN, 1]]])(
    'refuses rows at the times %j (`RETRACE_UNSORTED`)',
    (times) => {
      const series = { ...counter(3), time: Float64Array.from(times) };
      expect(() => slidingWindows([series], { lookback: 1 })).toThrowError(
        expect.objectContaining({ code: 'RETRACE_UNSORTED' }),
      );
    },
  );

  it('does not notice what becomes of the array later', () => {
    const list = [counter(3)];
    const windows = slidingWindows(list, { lookback: 1 });
    list[0] = counter(9);
    list.push(counter(2));
    expect([windows.series.length, windows.origin(2).series.time.length]).toEqual([1, 3]);
  });
});

describe('checkWindowSpec', () => {
  it('fills in every default', () => {
    expect(checkWindowSpec({ lookback: 5 })).toEqual({
      lookback: 5,
      horizon: 0,
      shift: 0,
      stride: 1,
      maxGap: Infinity,
      minRows: 5,
      anchor: 'start',
    });
  });

  it.each([
    ['lookback', { lookback: 0 }],
    ['lookback', {}],
    ['lookback', { lookbak: 3 }],
    ['horizon', { lookback: 3, horizon: -1 }],
    ['shift', { lookback: 3, horizon: 1, shift: -4 }],
    ['shift', { lookback: 3, shift: 1 }],
    ['stride', { lookback: 3, stride: 0 }],
    ['maxGap', { lookback: 3, maxGap: 0 }],
    ['maxGap', { lookback: 3, maxGap: Number.NaN }],
    ['minRows', { lookback: 3, minRows: 4 }],
    ['minRows', { lookback: 3, minRows: 0 }],
    ['anchor', { lookback: 3, anchor: 'end' }],
  ])('refuses a wrong `%s`: %o', (argument, spec) => {
    expect(() => checkWindowSpec(spec as unknown as WindowSpec)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});
