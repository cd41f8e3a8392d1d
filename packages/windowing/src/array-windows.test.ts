import { describe, expect, it } from 'vitest';
import { type ArrayWindowsOptions, arrayWindows, createOverlapAggregator, normalWindows } from './index.ts';

const options: ArrayWindowsOptions = {
  input: Float32Array.from({ length: 12 }, (_, cell) => cell),
  shape: [3, 2, 2],
  target: [1, 2, 3, 4, 5, 6],
  label: [0, 1, 0],
};

describe('arrayWindows', () => {
  it('gathers the windows asked for, with target and label', () => {
    const windows = arrayWindows(options);
    expect(windows).toMatchObject({ length: 3, features: ['feature1', 'feature2'], series: [] });
    expect(windows.spec).toMatchObject({ lookback: 2, horizon: 1 });
    expect(windows.batch([2, 1])).toEqual({
      size: 2,
      input: Float32Array.of(8, 9, 10, 11, 4, 5, 6, 7),
      target: Float32Array.of(5, 6, 3, 4),
      label: Float32Array.of(0, 1),
    });
  });

  it('gathers the same into an old batch as into a new one', () => {
    const windows = arrayWindows(options);
    const reused = windows.batch([0, 1]);
    expect(windows.batch([1, 2], reused)).toBe(reused);
    expect(reused).toEqual(windows.batch([1, 2]));
  });

  it('gives each window as a series of its own', () => {
    const { series, ...place } = arrayWindows({ ...options, features: ['x', 'y'] }).origin(1);
    expect(place).toEqual({ entity: 1, row: 0, padding: 0 });
    expect(series).toEqual({
      id: 'window 1',
      features: ['x', 'y'],
      time: Float64Array.of(0, 1),
      values: Float32Array.of(4, 5, 6, 7),
      labels: Uint8Array.of(1, 1),
    });
  });

  it('lets `normalWindows` drop those with a label', () => {
    expect([...normalWindows(arrayWindows(options)).batch([0, 1]).input]).toEqual([0, 1, 2, 3, 8, 9, 10, 11]);
  });

  it('accepts no windows at all', () => {
    expect(arrayWindows({ input: [], shape: [0, 5, 1] }).length).toBe(0);
  });

  it('refuses a cell that is not finite in float32, naming window, step and feature', () => {
    const input = Array.from({ length: 12 }, (_, cell) => (cell === 7 ? 1e39 : cell));
    expect(() => arrayWindows({ ...options, input })).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_NOT_FINITE',
        details: { argument: 'input', window: 1, step: 1, feature: 'feature2', received: '1e+39' },
      }),
    );
  });

  it('cannot be laid back on rows (`RETRACE_NO_ROWS`)', () => {
    expect(() => createOverlapAggregator(arrayWindows(options))).toThrowError(
      expect.objectContaining({ code: 'RETRACE_NO_ROWS' }),
    );
  });

  it.each([
    ['shape', { shape: [3, 4] }],
    ['shape[1]', { shape: [3, 0, 2] }],
    ['input', { shape: [4, 2, 2] }],
    ['target', { target: [1, 2, 3, 4] }],
    ['label', { label: [0] }],
    ['label[1]', { label: [0, Number.NaN, 1] }],
    ['features', { features: ['x'] }],
    ['features[1]', { features: ['x', 'x'] }],
    ['input', { inputs: [] }],
  ])('refuses a wrong `%s`: %o', (argument, change) => {
    expect(() => arrayWindows({ ...options, ...(change as object) })).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});
