import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from './index.ts';

describe('runs', () => {
  it('splits where the step of time is longer than `maxGap`, not where it equals it', () => {
    const time = Float64Array.of(0, 10, 20, 31, 41, 100);
    expect(runs({ time }, 10)).toEqual([
      [0, 3],
      [3, 5],
      [5, 6],
    ]);
  });

  it('returns one run without `maxGap`, and none of no rows', () => {
    expect(runs({ time: Float64Array.of(0, 1e12) })).toEqual([[0, 2]]);
    expect(runs({ time: new Float64Array() })).toEqual([]);
  });

  it('covers every row once, in order', () => {
    const steps = fc.array(fc.nat(9), { minLength: 1 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 9 }), (drawn, maxGap) => {
        let moment = 0;
        const time = Float64Array.from(drawn, (step) => (moment += step));
        const rows = runs({ time }, maxGap).flatMap(([from, to]) =>
          Array.from({ length: to - from }, (_, row) => from + row),
        );
        expect(rows).toEqual(drawn.map((_, row) => row));
      }),
    );
  });

  it.each([0, -1, Number.NaN, '5'])('refuses a `maxGap` of %s', (maxGap) => {
    expect(() => runs({ time: Float64Array.of(0) }, maxGap as number)).toThrowError(
      expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT' }),
    );
  });
});
