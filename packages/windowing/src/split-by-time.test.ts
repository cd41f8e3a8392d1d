import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeries, type Series, splitByTime } from './index.ts';

function counter(rows: number, time = Array.from({ length: rows }, (_, row) => row), id = 'a'): Series {
  return createSeries({ id, features: ['x'], time, values: Array.from({ length: rows }, (_, row) => row) });
}

function rowsOf(part: readonly Series[]): number[][] {
  return part.map(({ values }) => [...values]);
}

describe('splitByTime', () => {
  it('gives the first rows to training, the next to calibration, the last to the test', () => {
    const { train, calibration, test } = splitByTime([counter(10)], { train: 0.6, calibration: 0.2 });
    expect([rowsOf(train), rowsOf(calibration), rowsOf(test)]).toEqual([
      [[0, 1, 2, 3, 4, 5]],
      [[6, 7]],
      [[8, 9]],
    ]);
  });

  it('drops `purge` rows before each cut, and none at the end', () => {
    const { train, calibration, test } = splitByTime([counter(10)], {
      train: 0.5,
      calibration: 0.3,
      purge: 2,
    });
    expect([rowsOf(train), rowsOf(calibration), rowsOf(test)]).toEqual([[[0, 1, 2]], [[5]], [[8, 9]]]);
    expect(rowsOf(splitByTime([counter(4)], { train: 1, calibration: 0, purge: 2 }).train)).toEqual([
      [0, 1, 2, 3],
    ]);
  });

  it('never cuts between rows of equal time', () => {
    const series = counter(6, [0, 1, 1, 1, 2, 3]);
    const { train, test } = splitByTime([series], { train: 0.5, calibration: 0 });
    expect([rowsOf(train), rowsOf(test)]).toEqual([[[0]], [[1, 2, 3, 4, 5]]]);
  });

  it('refuses rows out of order, of which future ones would train (`RETRACE_UNSORTED`)', () => {
    const series = { ...counter(3), time: Float64Array.of(5, 0, 1) };
    expect(() => splitByTime([series], { train: 0.5, calibration: 0 })).toThrowError(
      expect.objectContaining({ code: 'RETRACE_UNSORTED', details: expect.objectContaining({ row: 1 }) }),
    );
  });

  it('leaves a series without rows in a part out of it', () => {
    const split = splitByTime([counter(1, [0], 'one'), counter(10, undefined, 'ten')], {
      train: 0.6,
      calibration: 0.2,
    });
    expect(split.train.map(({ id }) => id)).toEqual(['one', 'ten']);
    expect(split.calibration.map(({ id }) => id)).toEqual(['ten']);
    expect(split.test.map(({ id }) => id)).toEqual(['ten']);
  });

  it('loses no row without a purge, keeps them in order and separates no time', () => {
    const shares = fc
      .tuple(fc.integer({ min: 1, max: 100 }), fc.nat(100))
      .map(([a, b]) => ({ train: a / 100, calibration: Math.min(b, 100 - a) / 100 }));
    fc.assert(
      fc.property(fc.array(fc.nat(2), { minLength: 1, maxLength: 60 }), shares, (steps, options) => {
        let moment = 0;
        const series = counter(
          steps.length,
          steps.map((step) => (moment += step)),
        );
        const { train, calibration, test } = splitByTime([series], options);
        const parts = [...train, ...calibration, ...test];
        expect(parts.flatMap(({ values }) => [...values])).toEqual([...series.values]);
        const times = parts.flatMap(({ time }) => [...new Set(time)]);
        expect(new Set(times).size).toBe(times.length);
      }),
    );
  });

  it.each([
    ['train', { train: 0, calibration: 0.2 }],
    ['train', { train: 60, calibration: 0.2 }],
    ['calibration', { train: 0.6, calibration: 0.5 }],
    ['calibration', { train: 0.6 }],
    ['purge', { train: 0.6, calibration: 0.2, purge: -1 }],
    ['purge', { train: 0.6, calibration: 0.2, purges: 1 }],
  ])('refuses a wrong `%s`: %o', (argument, options) => {
    expect(() => splitByTime([counter(10)], options as { train: number; calibration: number })).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});
