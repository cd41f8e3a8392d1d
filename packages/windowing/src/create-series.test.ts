import { describe, expect, it } from 'vitest';
import { createSeries, sliceSeries } from './index.ts';

const good = { id: 'pump-1', features: ['flow', 'heat'], time: [0, 10, 10], values: [1, 2, 3, 4, 5, 6] };

describe('createSeries', () => {
  it('returns the rows as float64, and rows may share a time', () => {
    expect(createSeries(good)).toEqual({
      id: 'pump-1',
      features: ['flow', 'heat'],
      time: Float64Array.of(0, 10, 10),
      values: Float64Array.of(1, 2, 3, 4, 5, 6),
    });
  });

  it('keeps float arrays and labels without a copy', () => {
    const values = Float32Array.of(1, 2, 3);
    const time = Float64Array.of(0, 1, 2);
    const labels = Uint8Array.of(0, 1, 0);
    const series = createSeries({ id: 'a', features: ['x'], time, values, labels });
    expect(series.values).toBe(values);
    expect(series.time).toBe(time);
    expect(series.labels).toBe(labels);
  });

  it('writes NaN where a missing cell holds a number, in a copy', () => {
    const values = Float64Array.of(1, 999, 3);
    const series = createSeries({
      id: 'a',
      features: ['x'],
      time: [0, 1, 2],
      values,
      observed: [1, 0, 1],
    });
    expect([...series.values]).toEqual([1, Number.NaN, 3]);
    expect([...series.observed!]).toEqual([1, 0, 1]);
    expect([...values]).toEqual([1, 999, 3]);
  });

  it('drops `observed` where no cell is missing', () => {
    expect(createSeries({ ...good, observed: [1, 1, 1, 1, 1, 1] })).not.toHaveProperty('observed');
  });

  it('accepts a series without rows', () => {
    expect(createSeries({ id: 'none', features: ['x'], time: [], values: [] }).time).toHaveLength(0);
  });

  it.each([Number.NaN, Infinity, -Infinity])(
    'refuses %s in an observed cell, naming row and feature',
    (bad) => {
      expect(() => createSeries({ ...good, values: [1, 2, 3, bad, 5, 6] })).toThrowError(
        expect.objectContaining({
          code: 'RETRACE_NOT_FINITE',
          details: expect.objectContaining({ row: 1, feature: 'heat', owner: "series 'pump-1'" }),
        }),
      );
    },
  );

  it.each([null, undefined, '', '3', true, 3n, new Date(0)])(
    'refuses %o among the values: it is never coerced',
    (bad) => {
      expect(() => createSeries({ ...good, values: [1, 2, bad as unknown as number, 4, 5, 6] })).toThrowError(
        expect.objectContaining({
          code: 'RETRACE_INVALID_ARGUMENT',
          message: expect.stringContaining('values[2]'),
        }),
      );
    },
  );

  it('refuses a row earlier than the one before it', () => {
    expect(() => createSeries({ ...good, time: [0, 10, 9] })).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_UNSORTED',
        details: { series: 'pump-1', row: 2, time: 9, before: 10 },
      }),
    );
  });

  it('refuses a time that is not finite', () => {
    expect(() => createSeries({ ...good, time: [0, Number.NaN, 9] })).toThrowError(
      expect.objectContaining({ code: 'RETRACE_NOT_FINITE', details: expect.objectContaining({ row: 1 }) }),
    );
  });

  it.each([
    ['values', { values: [1, 2, 3] }],
    ['values', { values: 'abc' }],
    ['features', { features: [] }],
    ['features[1]', { features: ['flow', 'flow'] }],
    ['observed', { observed: [1, 1] }],
    ['observed[1]', { observed: [1, 0.5, 1, 1, 1, 1] }],
    ['labels[2]', { labels: [0, 1, 2] }],
    ['labels', { labels: [0] }],
    ['id', { id: 3 }],
    ['labels', { label: [0, 0, 0] }],
  ])('refuses a wrong `%s`', (argument, change) => {
    expect(() => createSeries({ ...good, ...(change as object) })).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});

describe('sliceSeries', () => {
  const series = createSeries({ ...good, observed: [1, 1, 1, 0, 1, 1], labels: [0, 0, 1] });

  it('returns views of the rows asked for', () => {
    const slice = sliceSeries(series, 1, 3);
    expect([...slice.time]).toEqual([10, 10]);
    expect([...slice.values]).toEqual([3, Number.NaN, 5, 6]);
    expect([...slice.observed!]).toEqual([1, 0, 1, 1]);
    expect([...slice.labels!]).toEqual([0, 1]);
    expect(slice.values.buffer).toBe(series.values.buffer);
  });

  it.each([
    [0, 4],
    [2, 1],
    [-1, 2],
    [0.5, 2],
  ])('refuses rows [%d, %d) of 3', (from, to) => {
    expect(() => sliceSeries(series, from, to)).toThrowError(
      expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT' }),
    );
  });
});
