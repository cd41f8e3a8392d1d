import { describe, expect, it } from 'vitest';
import { stackedWindows, wholeBatch } from '../../fixtures/stacked-windows.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { lastValue } from './last-value.ts';

const gap = Number.NaN;

describe('lastValue', () => {
  it('retraces each step by the one before it in its window, the first by itself', () => {
    const windows = stackedWindows([1, 10, 2, 20, 3, 30, 4, 40], 2, 2);
    const baseline = lastValue(windows);
    expect(baseline.name).toBe('last value');
    expect(baseline.reconstruct(wholeBatch(windows))).toEqual(Float32Array.of(1, 10, 1, 10, 3, 30, 3, 30));
  });

  it('passes over missing cells and retraces them too', () => {
    const windows = stackedWindows([gap, 2, gap, 4, 5], 5, 1);
    expect(lastValue(windows).reconstruct(wholeBatch(windows))).toEqual(Float32Array.of(0, 2, 2, 2, 4));
  });

  it('passes over padding', () => {
    const windows = stackedWindows([1, 2, 3, 4], 4, 1);
    const batch = { size: 1, input: Float32Array.of(0, 0, 7, 9), mask: Uint8Array.of(0, 0, 1, 1) };
    expect(lastValue(windows).reconstruct(batch)).toEqual(Float32Array.of(0, 0, 7, 7));
  });

  it('leaves the batch as it was', () => {
    const windows = stackedWindows([1, 2, 3], 3, 1);
    const batch = wholeBatch(windows);
    lastValue(windows).reconstruct(batch);
    expect(batch.input).toEqual(Float32Array.of(1, 2, 3));
  });

  it('refuses a batch of windows of another size', () => {
    const windows = stackedWindows([1, 2, 3, 4], 2, 2);
    const error = thrownBy(() => lastValue(windows).reconstruct({ size: 1, input: new Float32Array(3) }));
    expect(error.message).toContain('`batch.input` must be [1, 2, 2], 4 numbers');
  });
});
