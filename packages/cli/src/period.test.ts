import { describe, expect, it } from 'vitest';
import { periodOf } from './period.ts';

const range = { shortest: 8, longest: 256 };

function column(length: number, value: (row: number) => number): Float64Array {
  return Float64Array.from({ length }, (_, row) => value(row));
}

/** Evenly mixed numbers in [0, 1), the same at every run. */
function noise(row: number): number {
  return (row * 0.618_033_988_749_895 + Math.sin(row * row)) % 1;
}

describe('periodOf', () => {
  it.each([8, 24, 100, 255])('finds a period of %i rows under noise, and not its multiples', (rows) => {
    const values = column(2000, (row) => Math.sin((2 * Math.PI * row) / rows) + 0.5 * noise(row));
    // Noise may move the peak by a row.
    expect(Math.abs(periodOf(values, range)!.rows - rows)).toBeLessThanOrEqual(1);
  });

  it('finds it where cells are missing', () => {
    const values = column(1000, (row) => (row % 7 === 0 ? Number.NaN : Math.sin((2 * Math.PI * row) / 50)));
    expect(periodOf(values, range)?.rows).toBe(50);
  });

  it.each<[string, Float64Array]>([
    ['noise', column(2000, noise)],
    ['a trend', column(2000, (row) => row + 20 * noise(row))],
    ['a constant', column(2000, () => 3)],
    ['no rows', column(0, () => 0)],
    ['missing cells only', column(100, () => Number.NaN)],
    ['a period beyond a quarter of the rows', column(100, (row) => Math.sin((2 * Math.PI * row) / 40))],
  ])('finds none in %s', (_, values) => {
    expect(periodOf(values, range)).toBeUndefined();
  });
});
