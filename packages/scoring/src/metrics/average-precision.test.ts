import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGolden, readGoldenMetrics } from '../../fixtures/golden.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { averagePrecision } from './average-precision.ts';

describe('averagePrecision', () => {
  it.each(readGolden().rankings)(
    'equals scikit-learn: $name',
    ({ scores, labels, averagePrecision: expected }) => {
      expect(averagePrecision([{ scores, labels }])).toBeCloseTo(expected, 14);
    },
  );

  it.each(readGoldenMetrics())('equals scikit-learn: $name', ({ labels, scores, ap }) => {
    expect(averagePrecision([{ scores, labels }])).toBeCloseTo(ap, 14);
  });

  it('is the share of anomalous rows where all scores are equal', () => {
    expect(averagePrecision([{ scores: [1, 1, 1, 1], labels: [1, 0, 0, 0] }])).toBe(0.25);
  });

  it('depends neither on the order of the rows nor on their division into series', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1 })));
    fc.assert(
      fc.property(rows, (rows) => {
        const of = (part: typeof rows) => ({ scores: part.map(([s]) => s), labels: part.map(([, l]) => l) });
        const whole = averagePrecision([of(rows)]);
        expect(averagePrecision([of(rows.toReversed())])).toBe(whole);
        expect(averagePrecision([of(rows.slice(0, 3)), of(rows.slice(3))])).toBe(whole);
      }),
    );
  });

  it('leaves rows without a score out', () => {
    expect(averagePrecision([{ scores: [Number.NaN, 2, 1], labels: [1, 1, 0] }])).toBe(1);
  });

  it('is null where no row is anomalous, 1 where every row is', () => {
    expect(averagePrecision([{ scores: [1, 2], labels: [0, 0] }])).toBeNull();
    expect(averagePrecision([{ scores: [1, 2], labels: [1, 1] }])).toBe(1);
  });

  it('refuses labels of another length', () => {
    const error = thrownBy(() => averagePrecision([{ scores: [1], labels: [] }]));
    expect(error.message).toContain('`series[0].labels` must be of length 1');
  });
});
