import { describe, expect, it } from 'vitest';
import { stackedWindows, wholeBatch } from '../../fixtures/stacked-windows.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { meanDistance } from './mean-distance.ts';

describe('meanDistance', () => {
  it('retraces each feature by its mean over the windows it was fitted on, missing cells aside', () => {
    const baseline = meanDistance(stackedWindows([1, 10, 3, Number.NaN, 5, 30, 7, 20], 2, 2));
    expect(baseline.name).toBe('mean distance');
    const batch = wholeBatch(stackedWindows([0, 0, 1, 1], 2, 2));
    expect(baseline.reconstruct(batch)).toEqual(Float32Array.of(4, 20, 4, 20));
  });

  it('averages over many batches what it averages over one', () => {
    const values = Array.from({ length: 1000 }, (_, k) => k);
    const [mean] = meanDistance(stackedWindows(values, 1, 1)).reconstruct({
      size: 1,
      input: Float32Array.of(0),
    });
    expect(mean).toBe(499.5);
  });

  it('of maxWindows windows takes them from all over', () => {
    const windows = stackedWindows(
      Array.from({ length: 1000 }, (_, k) => k),
      1,
      1,
    );
    const [mean] = meanDistance(windows, { maxWindows: 100 }).reconstruct({
      size: 1,
      input: Float32Array.of(0),
    });
    expect(Math.abs(mean! - 499.5)).toBeLessThan(5);
  });

  it('is not misled by a rhythm of the series that the sampling could fall in step with', () => {
    const rhythm = Array.from({ length: 2400 }, (_, k) => Math.sin((2 * Math.PI * k) / 24));
    const windows = stackedWindows(rhythm, 1, 1);
    const [mean] = meanDistance(windows, { maxWindows: 100 }).reconstruct({
      size: 1,
      input: Float32Array.of(0),
    });
    expect(Math.abs(mean!)).toBeLessThan(0.1);
  });

  it('refuses to be fitted on no windows', () => {
    const error = thrownBy(() => meanDistance(stackedWindows([], 1, 1)));
    expect(error.code).toBe('RETRACE_TOO_FEW_WINDOWS');
    expect(error.details).toEqual({ windows: 0, needed: 1 });
  });

  it('refuses a maxWindows of 0', () => {
    const windows = stackedWindows([1, 2], 1, 1);
    expect(thrownBy(() => meanDistance(windows, { maxWindows: 0 })).message).toContain(
      '`maxWindows` must be',
    );
  });
});
