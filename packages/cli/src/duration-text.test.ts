import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from './duration.ts';
import { durationText } from './duration-text.ts';

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
