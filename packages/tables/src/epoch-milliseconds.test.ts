import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMilliseconds } from './epoch-milliseconds.ts';

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

describe('epochMilliseconds', () => {
  it.each([
    ['ms', 1n],
    ['us', 1000n],
    ['ns', 1_000_000n],
  ] as const)('divides whole %s as exact arithmetic does, to the last bit but one', (unit, per) => {
    fc.assert(
      fc.property(fc.array(int64), (values) => {
        const times = epochMilliseconds(BigInt64Array.from(values), unit);
        for (const [i, value] of values.entries()) {
          const exact = Number(value / per) + Number(value % per) / Number(per);
          expect(Math.abs(times[i]! - exact)).toBeLessThanOrEqual(Math.abs(exact) * 2 ** -51);
        }
        expect(epochMilliseconds(values, unit)).toEqual(times);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes days, seconds, numbers, and nothing for NaN', () => {
    expect([...epochMilliseconds([-1, 2, null, undefined], 'days')]).toEqual([
      -86_400_000,
      172_800_000,
      NaN,
      NaN,
    ]);
    expect([...epochMilliseconds([1.7e9, -1], 's')]).toEqual([1.7e12, -1000]);
  });
});
