import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGolden, readGoldenMetrics } from '../../fixtures/golden.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { rocAuc } from './roc-auc.ts';

const labelled = fc.array(
  fc.record({ score: fc.integer({ min: -5, max: 5 }), label: fc.integer({ min: 0, max: 1 }) }),
);

describe('rocAuc', () => {
  it.each(readGolden().rankings)('equals scikit-learn: $name', ({ scores, labels, rocAuc: expected }) => {
    expect(rocAuc([{ scores, labels }])).toBeCloseTo(expected, 14);
  });

  it.each(readGoldenMetrics())('equals scikit-learn: $name', ({ labels, scores, roc }) => {
    expect(rocAuc([{ scores, labels }])).toBeCloseTo(roc, 14);
  });

  it('is the share of pairs that are ranked right, ties counting half', () => {
    fc.assert(
      fc.property(labelled, (rows) => {
        const pairs = rows
          .filter(({ label }) => label === 1)
          .flatMap((one) => rows.filter(({ label }) => label === 0).map((other) => one.score - other.score));
        const right = pairs.reduce((sum, gap) => sum + (Math.sign(gap) + 1) / 2, 0);
        const found = rocAuc([
          { scores: rows.map(({ score }) => score), labels: rows.map(({ label }) => label) },
        ]);
        if (pairs.length === 0) expect(found).toBeNull();
        else expect(found).toBeCloseTo(right / pairs.length, 12);
      }),
    );
  });

  it('does not change with a monotone transform of the scores, and turns over with their sign', () => {
    fc.assert(
      fc.property(labelled, (rows) => {
        const labels = rows.map(({ label }) => label);
        const of = (measure: (score: number) => number) =>
          rocAuc([{ scores: rows.map(({ score }) => measure(score)), labels }]);
        const plain = of((score) => score);
        expect(of((score) => Math.exp(score) - 7)).toBe(plain);
        if (plain !== null) expect(of((score) => -score)).toBeCloseTo(1 - plain, 12);
      }),
    );
  });

  it('ranks the rows of several series together', () => {
    const series = [
      { scores: [1, 5], labels: [0, 1] },
      { scores: [3, 2], labels: [0, 1] },
    ];
    expect(rocAuc(series)).toBe(rocAuc([{ scores: [1, 5, 3, 2], labels: [0, 1, 0, 1] }]));
    expect(rocAuc(series)).toBe(0.75);
  });

  it('leaves rows without a score out', () => {
    expect(rocAuc([{ scores: [1, Number.NaN, 2, Number.NaN], labels: [0, 1, 1, 0] }])).toBe(1);
  });

  it.each([[[]], [[0, 0]], [[1, 1]]])('is null for the labels %j', (labels) => {
    expect(rocAuc([{ scores: labels.map((_, k) => k), labels }])).toBeNull();
  });

  it('is null without series', () => {
    expect(rocAuc([])).toBeNull();
  });

  it.each([[[1, undefined]], [[1, null]], [[1, 'high']]])(
    'refuses the scores %j, and does not hang',
    (scores) => {
      const error = thrownBy(() => rocAuc([{ scores: scores as number[], labels: [0, 1] }]));
      expect(error.details).toMatchObject({ argument: 'series[0].scores[1]' });
    },
  );

  it.each([[[0, 1, 1]], [[0, 2]], [[0, Number.NaN]]])('refuses the labels %j for two scores', (labels) => {
    const error = thrownBy(() => rocAuc([{ scores: [1, 2], labels }]));
    expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
    expect(error.message).toMatch(/^`series\[0\]\.labels/);
  });
});
