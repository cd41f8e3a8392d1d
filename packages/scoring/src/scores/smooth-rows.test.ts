import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGolden } from '../../fixtures/golden.ts';
import { smoothRows } from './smooth-rows.ts';

describe('smoothRows', () => {
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
});
