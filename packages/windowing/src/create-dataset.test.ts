import { describe, expect, it } from 'vitest';
import { createDataset, createSeries } from './index.ts';

describe('createDataset', () => {
  it('gives the array of the published figures: 20 windows of 5 of 25 rows of 2 features', () => {
    const [rows, lookback] = [25, 5];
    const series = createSeries({
      id: 'sample',
      features: ['Class', 'Confidence'],
      time: Array.from({ length: rows }, (_, row) => row),
      values: Array.from({ length: 2 * rows }, (_, cell) => cell),
    });
    const windows = createDataset(series, { lookback });
    expect(windows.length).toBe(20);
    const { input, target } = windows.batch(Array.from({ length: 20 }, (_, index) => index));
    expect([...input]).toEqual(
      Array.from({ length: 20 * 10 }, (_, cell) => 2 * Math.floor(cell / 10) + (cell % 10)),
    );
    expect(target).toBeUndefined();
  });

  it('has no window of a series without rows, and refuses a lookback of 0', () => {
    const none = createSeries({ id: 'a', features: ['x'], time: [], values: [] });
    expect(createDataset(none, { lookback: 1 })).toHaveLength(0);
    expect(() => createDataset(none, { lookback: 0 })).toThrowError(
      expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT' }),
    );
  });
});
