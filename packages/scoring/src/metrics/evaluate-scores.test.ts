import { describe, expect, it } from 'vitest';
import { fitThreshold } from '../alarms/fit-threshold.ts';
import { evaluateScores } from './evaluate-scores.ts';

const threshold = fitThreshold([2], { q: 1 });

describe('evaluateScores', () => {
  it('gathers what each metric says of the same rows', () => {
    const series = [
      { scores: [1, 3, 1, Number.NaN], labels: [0, 1, 1, 0] },
      { scores: [3, 0], labels: [0, 0] },
    ];
    expect(evaluateScores(series, threshold)).toEqual({
      rows: 6,
      unscored: 1,
      labelledShare: 0.4,
      alarmShare: 0.4,
      rocAuc: (0.5 + 1 + 1 + 0.5 + 0 + 1) / 6,
      averagePrecision: 0.5 * 0.5 + 0.5 * 0.5,
      points: { tp: 1, fp: 1, fn: 1, tn: 2, unscored: 1, precision: 0.5, recall: 0.5, f1: 0.5 },
      events: { tp: 1, fp: 1, fn: 0, unscored: 0, precision: 0.5, recall: 1, f1: 2 / 3 },
      flagEverything: { precision: 0.5, recall: 1, f1: 2 / 3 },
      flagAtRandom: { precision: 0.25, recall: 0.5, f1: 1 / 3 },
    });
  });

  it('is null where there is nothing to divide by, never NaN', () => {
    const evaluation = evaluateScores([{ scores: [Number.NaN], labels: [1] }], threshold);
    expect(evaluation).toMatchObject({
      rows: 1,
      unscored: 1,
      labelledShare: null,
      alarmShare: null,
      rocAuc: null,
    });
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
  });
});
