import { createRandom } from '@retrace/random';
import { describe, expect, it } from 'vitest';
import { createFluctuation } from './fluctuation.ts';

describe('createFluctuation', () => {
  it('keeps the stated deviation and forgets with the stated time constant, from the first value on', () => {
    const series = Array.from({ length: 4000 }, (_, i) => {
      const next = createFluctuation(createRandom(i), { deviation: 2, timeConstant: 100 });
      return [next(0), next(100)] as const;
    });
    const moment = (pick: (pair: readonly [number, number]) => number) =>
      series.reduce((sum, pair) => sum + pick(pair), 0) / series.length;
    // Over 4000 independent series the standard error of a product of two deviates is at most 4·√(2/4000) = 0.09.
    expect(Math.abs(moment(([a]) => a * a) - 4)).toBeLessThan(0.36);
    expect(Math.abs(moment(([, b]) => b * b) - 4)).toBeLessThan(0.36);
    expect(Math.abs(moment(([a, b]) => a * b) - 4 * Math.exp(-1))).toBeLessThan(0.36);
  });
});
