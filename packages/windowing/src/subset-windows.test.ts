import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySeries, arbitrarySpec } from '../fixtures/arbitrary-series.ts';
import { createSeries, normalWindows, slidingWindows, subsetWindows } from './index.ts';

const labelled = createSeries({
  id: 'a',
  features: ['x'],
  time: [0, 1, 2, 3, 4, 5],
  values: [0, 1, 2, 3, 4, 5],
  labels: [0, 0, 0, 1, 0, 0],
});

describe('subsetWindows', () => {
  const windows = slidingWindows([labelled], { lookback: 2 });

  it('gathers the windows it was given, in its order, repeats included', () => {
    const subset = subsetWindows(windows, [3, 0, 3]);
    expect(subset.length).toBe(3);
    expect([...subset.batch([0, 1, 2]).input]).toEqual([3, 4, 0, 1, 3, 4]);
    expect(subset.origin(0)).toMatchObject({ series: labelled, row: 3 });
    expect(subset.series).toBe(windows.series);
  });

  it('gives what a subset of a subset should', () => {
    const inner = subsetWindows(subsetWindows(windows, [4, 2, 0]), [2, 0]);
    expect([...inner.batch([0, 1]).input]).toEqual([0, 1, 4, 5]);
  });

  it('keeps its own copy of the indices', () => {
    const indices = [1];
    const subset = subsetWindows(windows, indices);
    indices[0] = 4;
    expect(subset.origin(0).row).toBe(1);
  });

  it.each([
    ['indices[1]', () => subsetWindows(windows, [0, 5])],
    ['indices', () => subsetWindows(windows, undefined as unknown as number[])],
    ['indices[0]', () => subsetWindows(windows, [0]).batch([1])],
    ['index', () => subsetWindows(windows, [0]).origin(1)],
  ])('refuses a wrong `%s`', (argument, call) => {
    expect(call).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});

describe('normalWindows', () => {
  it('drops windows with a labelled row, in or out, and keeps those that only skip it', () => {
    const rows = (windows: ReturnType<typeof slidingWindows>) =>
      Array.from({ length: windows.length }, (_, index) => windows.origin(index).row);
    expect(rows(normalWindows(slidingWindows([labelled], { lookback: 2 })))).toEqual([0, 1, 4]);
    expect(rows(normalWindows(slidingWindows([labelled], { lookback: 1, horizon: 1 })))).toEqual([0, 1, 4]);
    expect(rows(normalWindows(slidingWindows([labelled], { lookback: 1, horizon: 1, shift: 1 })))).toEqual([
      0, 2,
    ]);
  });

  it('drops exactly the windows whose batches carry label 1', () => {
    fc.assert(
      fc.property(arbitrarySeries(), arbitrarySpec(), (series, spec) => {
        const windows = slidingWindows(series, spec);
        const { label } = windows.batch(Array.from({ length: windows.length }, (_, index) => index));
        const normal = normalWindows(windows);
        expect(normal.length).toBe(label!.filter((flag) => flag === 0).length);
        const kept = normal.batch(Array.from({ length: normal.length }, (_, index) => index));
        expect(kept.label).not.toContain(1);
      }),
    );
  });

  it('keeps every window of series without labels', () => {
    const { labels, ...unlabelled } = labelled;
    expect(labels).toBeDefined();
    expect(normalWindows(slidingWindows([unlabelled], { lookback: 2 })).length).toBe(5);
  });
});
