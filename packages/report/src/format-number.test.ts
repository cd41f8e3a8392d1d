import { describe, expect, it } from 'vitest';
import { formatNumber } from './format-number.ts';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [4500, '4,500'],
    [0.912345, '0.9123'],
    [-12.34567, '−12.35'],
    [123456.789, '123,457'],
    [0.00001234, '1.23e−5'],
    [-3e20, '−3.00e20'],
    [Number.NaN, '–'],
    [Infinity, '∞'],
  ])('of %s is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
  it('takes as many decimals as it is told', () => {
    expect([1, 0.5].map((value) => formatNumber(value, { decimals: 2 }))).toEqual(['1.00', '0.50']);
  });
});
