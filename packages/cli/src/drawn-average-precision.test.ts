import { averagePrecision } from '@retrace/scoring';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnAveragePrecision } from './drawn-average-precision.ts';

// Few distinct scores, so that many rows are of one.
const row = fc.record({
  score: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(Number.NaN)),
  label: fc.integer({ min: 0, max: 1 }),
});
const series = fc.array(row, { minLength: 1, maxLength: 12 }).map((rows) => ({
  scores: Float64Array.from(rows, ({ score }) => score),
  labels: Uint8Array.from(rows, ({ label }) => label),
}));

describe('drawnAveragePrecision', () => {
  it('is the average precision of the series drawn, as often as they are', () => {
    const draws = fc.array(series, { minLength: 1, maxLength: 5 }).chain((all) => {
      const index = fc.integer({ min: 0, max: all.length - 1 });
      return fc.tuple(fc.constant(all), fc.array(index, { minLength: 1, maxLength: 8 }));
    });
    fc.assert(
      fc.property(draws, ([all, drawn]) => {
        const expected = averagePrecision(drawn.map((index) => all[index]!));
        const own = drawnAveragePrecision(all)(drawn);
        if (expected === null || own === null) expect(own).toBe(expected);
        else expect(own).toBeCloseTo(expected, 12);
      }),
    );
  });
});
