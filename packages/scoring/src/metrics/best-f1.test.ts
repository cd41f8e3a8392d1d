import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGolden, readGoldenBestF1, readGoldenMetrics } from '../../fixtures/golden.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { bestF1 } from './best-f1.ts';
import { pointMetrics } from './point-metrics.ts';

const rows = fc.array(
  fc.record({
    score: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Number.NaN)),
    label: fc.integer({ min: 0, max: 1 }),
  }),
);

describe('bestF1', () => {
  const cases = [...readGolden().rankings, ...readGoldenMetrics()];
  it.each(cases.map((one, k) => [one.name, one, readGoldenBestF1()[k]!] as const))(
    'equals the maximum over the curve of scikit-learn: %s',
    (_, { scores, labels }, { name: _name, lowestFlagged, ...figures }) => {
      const best = bestF1([{ scores, labels }]);
      expect(best.lowestFlagged).toBe(lowestFlagged);
      for (const key of ['precision', 'recall', 'f1'] as const)
        expect(best[key]).toBeCloseTo(figures[key], 14);
    },
  );

  it('is the highest F1 of all thresholds, at the highest one that attains it', () => {
    fc.assert(
      fc.property(rows, (rows) => {
        const scores = rows.map(({ score }) => score);
        const labels = rows.map(({ label }) => label);
        const flagged = [...new Set(scores.filter((score) => !Number.isNaN(score)))].map((lowest) => {
          const flags = scores.map((score) => Number(score >= lowest));
          const scored = scores.map((score) => Number(!Number.isNaN(score)));
          return { lowest, f1: pointMetrics([{ flags, scored, labels }]).f1 };
        });
        fc.pre(rows.some(({ score, label }) => label === 1 && !Number.isNaN(score)));
        const f1 = Math.max(...flagged.map((one) => one.f1 ?? 0));
        const lowestFlagged = Math.max(...flagged.filter((one) => one.f1 === f1).map((one) => one.lowest));
        expect(bestF1([{ scores, labels }])).toMatchObject({ f1, lowestFlagged });
      }),
    );
  });

  it('prefers the higher of two thresholds of the same F1', () => {
    const { f1, lowestFlagged } = bestF1([{ scores: [4, 3, 2, 1], labels: [1, 0, 0, 1] }]);
    expect([f1, lowestFlagged]).toEqual([2 / 3, 4]);
  });

  it('has one threshold for all series', () => {
    const series = [
      { scores: [1, 2], labels: [0, 1] },
      { scores: [3, 4], labels: [0, 1] },
    ];
    expect(bestF1(series)).toEqual({ precision: 2 / 3, recall: 1, f1: 0.8, lowestFlagged: 2 });
  });

  it.each([[[]], [[0, 0]]])('is null for the labels %j', (labels) => {
    const nothing = { precision: null, recall: null, f1: null, lowestFlagged: null };
    expect(bestF1([{ scores: labels, labels }])).toEqual(nothing);
  });

  it('refuses labels that are not zeros and ones', () => {
    const error = thrownBy(() => bestF1([{ scores: [1], labels: [2] }]));
    expect(error.details).toMatchObject({ argument: 'series[0].labels[0]' });
  });
});
