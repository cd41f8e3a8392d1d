import type { Run } from '@retrace/windowing';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGolden } from '../../fixtures/golden.ts';
import { readGoldenScores } from '../../fixtures/golden-scores.ts';
import { createSmoother } from './smoother.ts';
import type { Smoothing } from './smoothing.ts';

/** Smooths the rows that have a score, in place, anew in each run. */
function smoothRows(values: Float64Array, columns: number, smoothing: Smoothing, runs: readonly Run[]): void {
  const smoother = createSmoother(smoothing, columns);
  for (const [from, to] of runs) {
    smoother.restart();
    for (let row = from; row < to; row++) {
      const cells = values.subarray(row * columns, (row + 1) * columns);
      if (!Number.isNaN(cells[0])) smoother.smooth(cells);
    }
  }
}

describe('createSmoother', () => {
  it('equals ewm(adjust=True, ignore_na=True) of pandas, with NaN rows left NaN', () => {
    const { values, halfLife, smooth } = readGolden().smoothing;
    const column = Float64Array.from(values, (value) => value ?? Number.NaN);
    smoothRows(column, 1, { kind: 'ewma', halfLife }, [[0, column.length]]);
    expectClose(column, smooth);
  });
  it('weighs a row half as much a half-life later', () => {
    const values = Float64Array.of(1, 0, 0);
    smoothRows(values, 1, { kind: 'ewma', halfLife: 1 }, [[0, 3]]);
    expectClose(values, [1, 0.5 / 1.5, 0.25 / 1.75]);
  });
  it('smooths each column by itself', () => {
    const values = Float64Array.of(1, 8, 0, 8);
    smoothRows(values, 2, { kind: 'ewma', halfLife: 1 }, [[0, 2]]);
    expect(values).toEqual(Float64Array.of(1, 8, 0.5 / 1.5, 8));
  });
  it('by median equals rolling(rows, min_periods=1).median() of pandas over the rows that have a score', () => {
    const { values, rows, smooth } = readGoldenScores().median;
    const column = Float64Array.from(values, (value) => value ?? Number.NaN);
    smoothRows(column, 1, { kind: 'median', rows }, [[0, column.length]]);
    expectClose(column, smooth);
  });
  it('by median takes the contributions of the row whose score is the median, or the mean of two', () => {
    const values = Float64Array.of(1, 0, 2, 7, 0, 4);
    smoothRows(values, 2, { kind: 'median', rows: 3 }, [[0, 3]]);
    expect(values).toEqual(Float64Array.of(1, 0, 1.5, 3.5, 0, 4));
  });
  it('by median begins anew at each run', () => {
    const values = Float64Array.of(9, 9, 1);
    smoothRows(values, 1, { kind: 'median', rows: 3 }, [
      [0, 2],
      [2, 3],
    ]);
    expect(values).toEqual(Float64Array.of(9, 9, 1));
  });
});
