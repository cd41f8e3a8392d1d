import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySeries, arbitrarySpec } from '../fixtures/arbitrary-series.ts';
import {
  createOverlapAggregator,
  createSeries,
  type OverlapOptions,
  overlapAggregate,
  type Series,
  slidingWindows,
  type Windows,
} from './index.ts';

const reduces = ['mean', 'median', 'min', 'max', 'last'] as const;

function counter(rows: number): Series {
  const time = Array.from({ length: rows }, (_, row) => row);
  return createSeries({ id: 'a', features: ['x'], time, values: time });
}

/** Reduces the values of each row by collecting them all: what the aggregator must give. */
function collected(
  windows: Windows,
  values: Float64Array,
  channels: number,
  reduce: (typeof reduces)[number],
): number[][] {
  const { lookback } = windows.spec;
  const cells = windows.series.map(({ time }) =>
    Array.from({ length: time.length * channels }, () => [] as number[]),
  );
  for (let index = 0; index < windows.length; index++) {
    const { entity, row, padding } = windows.origin(index);
    for (let step = padding; step < lookback; step++) {
      for (let k = 0; k < channels; k++) {
        const value = values[(index * lookback + step) * channels + k]!;
        cells[entity]![(row + step - padding) * channels + k]!.push(value);
      }
    }
  }
  return cells.map((of) => of.map((found) => (found.length === 0 ? Number.NaN : reduced(found, reduce))));
}

function reduced(values: readonly number[], reduce: (typeof reduces)[number]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = values.length / 2;
  switch (reduce) {
    case 'mean':
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    case 'median':
      return (sorted[Math.floor(half)]! + sorted[Math.ceil(half) - 1]!) / 2;
    case 'min':
      return sorted[0]!;
    case 'max':
      return sorted.at(-1)!;
    case 'last':
      return values.at(-1)!;
  }
}

describe('overlapAggregate', () => {
  it('returns each row as its windows have it on average', () => {
    const windows = slidingWindows([counter(5)], { lookback: 2, stride: 2 });
    const [overlap] = overlapAggregate(windows, Float32Array.of(1, 2, 3, 4));
    expect(overlap).toEqual({
      series: windows.series[0],
      values: Float64Array.of(1, 2, 3, 4, Number.NaN),
      coverage: Uint32Array.of(1, 1, 1, 1, 0),
    });
  });

  it.each([
    ['mean', [1, 6.5, 19 / 3, 7.5, 8]],
    ['median', [1, 6.5, 4, 7.5, 8]],
    ['min', [1, 3, 3, 7, 8]],
    ['max', [1, 10, 12, 8, 8]],
    ['last', [1, 3, 3, 8, 8]],
  ] as const)("reduces overlapping windows by '%s'", (reduce, expected) => {
    const windows = slidingWindows([counter(5)], { lookback: 3 });
    const values = Float32Array.of(1, 10, 12, 3, 4, 7, 3, 8, 8);
    expect([...overlapAggregate(windows, values, { reduce })[0]!.values]).toEqual(expected);
  });

  it('returns the series from its own windows where they cover it, any stride, channels and reduce', () => {
    const cases = fc.tuple(arbitrarySeries(), arbitrarySpec(), fc.constantFrom(...reduces));
    fc.assert(
      fc.property(cases, ([series, spec, reduce]) => {
        const windows = slidingWindows(series, spec);
        const { input } = windows.batch(Array.from({ length: windows.length }, (_, index) => index));
        for (const [index, { values, coverage }] of overlapAggregate(windows, input, { reduce }).entries()) {
          const own = series[index]!;
          const expected = own.values.map((value, cell) =>
            coverage[Math.floor(cell / own.features.length)] === 0 ? Number.NaN : value,
          );
          expect(values).toEqual(Float64Array.from(expected));
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('reduces any values as collecting them does', () => {
    const cases = fc.record({
      series: arbitrarySeries(),
      spec: arbitrarySpec(),
      reduce: fc.constantFrom(...reduces),
      channels: fc.integer({ min: 1, max: 3 }),
      numbers: fc.infiniteStream(fc.integer({ min: -9, max: 9 })),
    });
    fc.assert(
      fc.property(cases, ({ series, spec, reduce, channels, numbers }) => {
        const windows = slidingWindows(series, spec);
        const length = windows.length * spec.lookback * channels;
        const values = Float64Array.from({ length }, () => numbers.next().value);
        const expected = collected(windows, values, channels, reduce);
        const overlaps = overlapAggregate(windows, values, { channels, reduce });
        expect(overlaps.map((overlap) => [...overlap.values])).toEqual(expected);
      }),
    );
  });

  it('makes a row NaN where a window that covers it holds NaN', () => {
    const windows = slidingWindows([counter(3)], { lookback: 2 });
    for (const reduce of ['mean', 'median', 'min', 'max'] as const) {
      for (const pair of [
        [Number.NaN, 5],
        [5, Number.NaN],
      ] as const) {
        const [overlap] = overlapAggregate(windows, Float64Array.of(1, ...pair, 3), { reduce });
        expect([...overlap!.values], reduce).toEqual([1, Number.NaN, 3]);
      }
    }
  });

  it('gives a band of quantiles for each channel, interpolated as numpy does', () => {
    const windows = slidingWindows([counter(5)], { lookback: 4 });
    // numpy 2: np.quantile([10, 3], [0.25, 1]) is [4.75, 10]; of [1, 2] it is [1.25, 2].
    const values = Float32Array.of(0, 0, 10, 1, 0, 0, 0, 0, 3, 2, 0, 0, 0, 0, Number.NaN, 5);
    const [band] = overlapAggregate(windows, values, { channels: 2, reduce: { quantiles: [0.25, 1] } });
    expect(band!.values).toHaveLength(5 * 2 * 2);
    expect([...band!.values.subarray(4, 8)]).toEqual([4.75, 10, 1.25, 2]);
    expect([...band!.values.subarray(16)]).toEqual([Number.NaN, Number.NaN, 5, 5]);
  });

  it('gives the median as the quantile 0.5, and marks rows that nothing covers', () => {
    fc.assert(
      fc.property(arbitrarySeries(), arbitrarySpec(), (series, spec) => {
        const windows = slidingWindows(series, spec);
        const { input } = windows.batch(Array.from({ length: windows.length }, (_, index) => index));
        const bands = overlapAggregate(windows, input, { reduce: { quantiles: [0.5] } });
        expect(bands).toEqual(overlapAggregate(windows, input, { reduce: 'median' }));
      }),
    );
  });

  it('refuses values that are not those of all windows', () => {
    const windows = slidingWindows([counter(5)], { lookback: 2 });
    expect(() => overlapAggregate(windows, new Float32Array(6))).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining('of length 8'),
      }),
    );
  });
});

describe('createOverlapAggregator', () => {
  const windows = slidingWindows([counter(6), counter(4)], { lookback: 2 });
  const { input } = windows.batch([0, 1, 2, 3, 4, 5, 6, 7]);

  it.each(reduces)("gives the same for '%s' whatever the size and the order of the blocks", (reduce) => {
    const whole = overlapAggregate(windows, input, { reduce });
    for (const order of [
      [0, 2, 4, 6],
      [6, 4, 2, 0],
      [2, 6, 0, 4],
    ]) {
      const aggregator = createOverlapAggregator(windows, { reduce });
      for (const first of order) aggregator.add(first, input.slice(first * 2, first * 2 + 4));
      expect(aggregator.finish()).toEqual(whole);
    }
  });

  it.each(reduces)("gives for '%s' what was added, NaN where nothing was", (reduce) => {
    const aggregator = createOverlapAggregator(windows, { reduce });
    aggregator.add(1, Float32Array.of(1, 2));
    const [a, b] = aggregator.finish();
    expect([...a!.values]).toEqual([Number.NaN, 1, 2, Number.NaN, Number.NaN, Number.NaN]);
    expect([...b!.coverage]).toEqual([0, 0, 0, 0]);
    expect(aggregator.finish()).toEqual([a, b]);
  });

  it('refuses to add after `finish` (`RETRACE_FINISHED`)', () => {
    const aggregator = createOverlapAggregator(windows);
    aggregator.finish();
    expect(() => aggregator.add(0, new Float32Array(2))).toThrowError(
      expect.objectContaining({ code: 'RETRACE_FINISHED' }),
    );
  });

  it.each([
    ['values', 0, new Float32Array(3)],
    ['values', 0, new Float32Array(18)],
    ['values', 0, [1, 2] as unknown as Float32Array],
    ['firstWindow', 7, new Float32Array(4)],
    ['firstWindow', -1, new Float32Array(2)],
    ['firstWindow', 3, new Float32Array(4)],
  ])('refuses a wrong `%s`: window %d on', (argument, first, values) => {
    const aggregator = createOverlapAggregator(windows);
    aggregator.add(4, new Float32Array(2));
    expect(() => aggregator.add(first, values)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });

  it.each([
    ['channels', { channels: 0 }],
    ['reduce', { reduce: 'average' }],
    ['reduce', { reduces: 'mean' }],
    ['reduce', { reduce: { quantile: 0.5 } }],
    ['reduce.quantiles', { reduce: { quantiles: [] } }],
    ['reduce.quantiles[1]', { reduce: { quantiles: [0, 1.5] } }],
  ])('refuses a wrong `%s`', (argument, options) => {
    expect(() => createOverlapAggregator(windows, options as OverlapOptions)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});
