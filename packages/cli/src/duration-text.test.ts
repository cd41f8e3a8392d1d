import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from './duration.ts';
import { durationText, unitOf } from './duration-text.ts';

describe('durationText', () => {
  it.each([
    [500, '500ms'],
    [1000, '1s'],
    [90_000, '90s'],
    [900_000, '15m'],
    [86_400_000, '1d'],
    [129_600_000, '36h'],
    [123_456_789, '1.43d'],
    [0.5, '0.5ms'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });

  it('is read back by `parseDuration`, to three digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e12, noNaN: true }), (milliseconds) => {
        const { value } = parseDuration('--max-gap', durationText(milliseconds));
        expect(Math.abs(value / milliseconds - 1)).toBeLessThan(0.005);
      }),
    );
  });
});

describe('unitOf', () => {
  it.each([
    [0, 's'],
    [0.5, 's'],
    [999, 'ms'],
    [1000, 's'],
    [3_599_999, 'm'],
    [90_000_000, 'd'],
  ])('of %i ms is %s', (milliseconds, unit) => {
    expect(unitOf(milliseconds).unit).toBe(unit);
  });
});
