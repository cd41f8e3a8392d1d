import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponentOf } from './growth.ts';

describe('exponentOf(points)', () => {
  it('is the power of a power law', () => {
    const number = fc.double({ min: 0.1, max: 3, noNaN: true });
    fc.assert(
      fc.property(number, number, (factor, power) => {
        const points = [1, 3, 10, 30].map((value) => ({ value, ms: factor * value ** power }));
        expect(exponentOf(points)).toBeCloseTo(power, 8);
      }),
    );
  });

  it('of fewer than two points is not a number', () => {
    expect(exponentOf([])).toBeNaN();
    expect(exponentOf([{ value: 3, ms: 4 }])).toBeNaN();
  });
});
