import { describe, expect, it } from 'vitest';
import { parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['500ms', 500, true],
    ['30s', 30_000, true],
    ['5m', 300_000, true],
    ['2h', 7_200_000, true],
    ['1.5d', 129_600_000, true],
    ['3', 3, false],
    ['0.5', 0.5, false],
  ])('reads %s as %d', (text, value, hasUnit) => {
    expect(parseDuration('--max-gap', text)).toEqual({ value, hasUnit });
  });

  it.each(['', '0', '-5m', '5 m', '5min', 'm', '1e3', 'Infinity', '9'.repeat(400)])('refuses %j', (text) => {
    expect(() => parseDuration('--max-gap', text)).toThrow(/^`--max-gap` must be a duration above 0/);
  });
});
