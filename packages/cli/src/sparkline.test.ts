import { describe, expect, it } from 'vitest';
import { sparkline } from './sparkline.ts';

describe('sparkline', () => {
  it('draws the mean of each share of the values, from the lowest to the highest', () => {
    expect(sparkline(Float64Array.of(0, 0, 1, 1, 2, 2, 7, 7), 4)).toBe('▁▂▃█');
    expect(sparkline(Float64Array.of(3, 1, 2), 60)).toBe('█▁▅');
  });

  it('leaves a blank where all values are missing, and draws a constant low', () => {
    expect(sparkline(Float64Array.of(1, Number.NaN, Number.NaN, Number.NaN, 1, 5), 3)).toBe('▁ █');
    expect(sparkline(Float64Array.of(4, 4), 2)).toBe('▁▁');
    expect(sparkline(new Float64Array(0), 5)).toBe('');
    expect(sparkline(Float64Array.of(Number.NaN), 5)).toBe(' ');
  });
});
