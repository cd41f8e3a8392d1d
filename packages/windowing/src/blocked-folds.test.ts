import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySeries } from '../fixtures/arbitrary-series.ts';
import { type BlockedFoldsOptions, blockedFolds, createSeries, type Series } from './index.ts';

function counter(rows: number): Series {
  const time = Array.from({ length: rows }, (_, row) => row);
  return createSeries({ id: 'a', features: ['x'], time, values: time });
}

function rowsOf(series: readonly Series[]): number[][] {
  return series.map(({ values }) => [...values]);
}

describe('blockedFolds', () => {
  it('tests on each block once and trains on the rest, but for the rows next to it', () => {
    const folds = blockedFolds([counter(9)], { folds: 3, purge: 1 });
    expect(folds.map(({ train, test }) => [rowsOf(train), rowsOf(test)])).toEqual([
      [[[4, 5, 6, 7, 8]], [[0, 1, 2]]],
      [
        [
          [0, 1],
          [7, 8],
        ],
        [[3, 4, 5]],
      ],
      [[[0, 1, 2, 3, 4]], [[6, 7, 8]]],
    ]);
  });

  it('keeps rows of equal time together, and a series too short for a block in training', () => {
    const doubled = createSeries({ id: 'b', features: ['x'], time: [0, 0, 0, 3], values: [0, 1, 2, 3] });
    const [first, second] = blockedFolds([doubled], { folds: 2 });
    expect(rowsOf(first!.test)).toEqual([]);
    expect(rowsOf(first!.train)).toEqual([[0, 1, 2, 3]]);
    expect(rowsOf(second!.test)).toEqual([[0, 1, 2, 3]]);
  });

  it('tests every row once, and shares none with training, whatever the series', () => {
    const cases = fc.tuple(arbitrarySeries(), fc.integer({ min: 2, max: 6 }), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(cases, ([series, folds, purge]) => {
        const done = blockedFolds(series, { folds, purge });
        // Every cell of these series holds a number of its own.
        const tested = done.flatMap(({ test }) => rowsOf(test).flat());
        expect(tested.toSorted((a, b) => a - b)).toEqual(
          rowsOf(series)
            .flat()
            .toSorted((a, b) => a - b),
        );
        for (const { train, test } of done) {
          const trained = new Set(rowsOf(train).flat());
          expect(
            rowsOf(test)
              .flat()
              .some((value) => trained.has(value)),
          ).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['folds', { folds: 1 }],
    ['purge', { folds: 2, purge: -1 }],
    ['options', { fold: 2 }],
  ])('refuses a wrong `%s`', (argument, options) => {
    expect(() => blockedFolds([counter(3)], options as BlockedFoldsOptions)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});
