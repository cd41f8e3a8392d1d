import { describe, expect, it } from 'vitest';
import { createDataset, createSeries } from './index.ts';

describe('createDataset', () => {
  it('gives the arrays of the published function: 20 windows of 5 rows of 25, and the row after each', () => {
    // X and y of `create_dataset(df, df.Confidence, 5)` in adnanmushtaq1996/2D-LSTM-AUTOENCODER have shapes (20, 5, 2)
    // and (20,); row r holds here 2r and 2r + 1.
    const rows = 25;
    const series = createSeries({
      id: 'sample',
      features: ['Class', 'Confidence'],
      time: Array.from({ length: rows }, (_, row) => row),
      values: Array.from({ length: 2 * rows }, (_, cell) => cell),
    });
    const windows = createDataset(series, { lookback: 5 });
    expect(windows.length).toBe(20);
    const { input, target } = windows.batch(Array.from({ length: 20 }, (_, index) => index));
    for (let window = 0; window < 20; window++) {
      expect([...input.subarray(window * 10, window * 10 + 10)]).toEqual(
        Array.from({ length: 10 }, (_, cell) => 2 * window + cell),
      );
      expect([...target!.subarray(window * 2, window * 2 + 2)]).toEqual([
        2 * (window + 5),
        2 * (window + 5) + 1,
      ]);
    }
  });

  it('refuses a lookback of 0', () => {
    const series = createSeries({ id: 'a', features: ['x'], time: [0, 1], values: [0, 1] });
    expect(() => createDataset(series, { lookback: 0 })).toThrowError(
      expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT' }),
    );
  });
});
