import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySeries } from '../fixtures/arbitrary-series.ts';
import { createSeries, type DifferenceState, difference, undifference } from './index.ts';

const series = createSeries({
  id: 'a',
  features: ['x', 'y'],
  time: [0, 1, 2, 9, 10],
  values: [1, 0, 4, 5, 2, 7, 50, 8, 60, 9],
  observed: [1, 0, 1, 1, 1, 1, 1, 1, 1, 1],
});

describe('difference', () => {
  it('takes every cell from the last observed one before it, anew after a gap', () => {
    const before = structuredClone(series);
    const { series: changed, state } = difference([series], { maxGap: 5 });
    expect(changed).toEqual([
      { ...series, values: Float64Array.of(0, Number.NaN, 3, 0, -2, 2, 0, 0, 10, 1) },
    ]);
    expect(state).toEqual({
      format: 'retrace-difference',
      version: 1,
      features: ['x', 'y'],
      starts: [
        [
          { row: 0, values: [1, 5] },
          { row: 3, values: [50, 8] },
        ],
      ],
    });
    expect(series).toEqual(before);
  });

  it('is undone by `undifference`, the state being JSON', () => {
    const gap = fc.constantFrom(1, 2, 3, Infinity);
    fc.assert(
      fc.property(arbitrarySeries({ missing: true }), gap, (rows, maxGap) => {
        const { series: changed, state } = difference(rows, { maxGap });
        // The cells are whole numbers, whose sums are exact.
        expect(undifference(changed, JSON.parse(JSON.stringify(state)))).toEqual(rows);
      }),
      { numRuns: 10_000 },
    );
  });

  it('is undone to rounding for any numbers', () => {
    const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, (column) => {
        const one = createSeries({
          id: 'a',
          features: ['x'],
          time: column.map((_, row) => row),
          values: column,
        });
        const { series: changed, state } = difference([one]);
        const [back] = undifference(changed, state);
        const largest = Math.max(...column.map(Math.abs));
        for (const [row, value] of column.entries()) {
          // Two roundings of the largest sum a row.
          expect(Math.abs(back!.values[row]! - value)).toBeLessThanOrEqual(2 * row * 2 * largest * 2 ** -53);
        }
      }),
    );
  });

  it('refuses a wrong `maxGap`, and series of other features', () => {
    expect(() => difference([series], { maxGap: 0 })).toThrowError(
      expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT' }),
    );
    const { state } = difference([series]);
    expect(() => undifference([{ ...series, features: ['y', 'x'] }], state)).toThrowError(
      expect.objectContaining({ code: 'RETRACE_FEATURES' }),
    );
  });

  const { state } = difference([series]);
  const [start] = state.starts[0]!;
  it.each<[string, unknown]>([
    ['state', null],
    ['state.format', { ...state, format: 'retrace-scaler' }],
    ['state', { ...state, more: 1 }],
    ['state.starts', { ...state, starts: [] }],
    ['state.starts[0]', { ...state, starts: [[]] }],
    ['state.starts[0][0].row', { ...state, starts: [[{ ...start, row: 1 }]] }],
    ['state.starts[0][1].row', { ...state, starts: [[start, start]] }],
    ['state.starts[0][0].values', { ...state, starts: [[{ row: 0, values: [1] }]] }],
    ['state.starts[0][0].values[1]', { ...state, starts: [[{ row: 0, values: [1, '2'] }]] }],
  ])('refuses to undo by a state that it did not make, naming `%s`', (argument, value) => {
    expect(() => undifference([series], value as DifferenceState)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_DIFFERENCE_STATE',
        details: expect.objectContaining({ argument }),
      }),
    );
  });
});
