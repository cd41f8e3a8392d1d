import { describe, expect, it } from 'vitest';
import { createSeries, slidingWindows, temporalize } from './index.ts';

const rows = Array.from({ length: 9 }, (_, row) => [(row + 1) / 10, ((row + 1) / 10) ** 3]);
const series = createSeries({
  id: 'curve',
  features: ['x', 'cube'],
  time: rows.map((_, row) => row),
  values: rows.flat(),
});

describe('temporalize', () => {
  it('makes the published array of five windows, without the first two rows', () => {
    const windows = temporalize(series, { lookback: 3 });
    expect(windows.length).toBe(5);
    // The array that the tutorial prints.
    const published = [
      [0.3, 0.027, 0.4, 0.064, 0.5, 0.125],
      [0.4, 0.064, 0.5, 0.125, 0.6, 0.216],
      [0.5, 0.125, 0.6, 0.216, 0.7, 0.343],
      [0.6, 0.216, 0.7, 0.343, 0.8, 0.512],
      [0.7, 0.343, 0.8, 0.512, 0.9, 0.729],
    ];
    expect([...windows.batch([0, 1, 2, 3, 4]).input]).toEqual([...Float32Array.from(published.flat())]);
    expect(slidingWindows([series], { lookback: 3 }).length).toBe(7);
  });

  it('has no window where there are too few rows, and refuses a lookback of 0', () => {
    expect(temporalize(series, { lookback: 8 }).length).toBe(0);
    expect(() => temporalize(series, { lookback: 0 })).toThrow('`lookback`');
  });
});
