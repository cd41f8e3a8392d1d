import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalScores } from '../../fixtures/some-thresholds.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { conformalPValues } from './conformal-threshold.ts';
import { fitThreshold } from './fit-threshold.ts';
import { flagRows } from './flag-rows.ts';

describe('conformalPValues', () => {
  it('counts the calibration scores that are no lower, and the row itself', () => {
    const pValues = conformalPValues([0, 2, 2.5, 9, Number.NaN], [1, 2, 3, Number.NaN, 3]);
    expect(Array.from(pValues)).toEqual([5 / 5, 4 / 5, 3 / 5, 1 / 5, Number.NaN]);
  });
  it('refuses what is no score', () => {
    expect(thrownBy(() => conformalPValues([1], [])).code).toBe('RETRACE_TOO_FEW_ROWS');
    expect(thrownBy(() => conformalPValues([1], [-1])).code).toBe('RETRACE_INVALID_ARGUMENT');
    expect(thrownBy(() => conformalPValues(['1'] as never, [1])).details).toMatchObject({
      argument: 'scores[0]',
    });
  });
});

describe("fitThreshold of kind 'conformal'", () => {
  const score = fc.integer({ min: 0, max: 30 });
  it('flags the rows whose p-value is at most alpha, ties included', () => {
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 20, maxLength: 60 }),
        fc.array(score),
        fc.integer({ min: 5, max: 99 }),
        (calibration, scores, percent) => {
          const threshold = fitThreshold(calibration, { kind: 'conformal', alpha: percent / 100 });
          const expected = Array.from(conformalPValues(scores, calibration), (p) =>
            Number(p <= percent / 100 + 1e-12),
          );
          expect(Array.from(flagRows(scores, threshold).flags)).toEqual(expected);
        },
      ),
    );
  });
  it('raises false alarms on exchangeable rows no more often than alpha, over calibrations', () => {
    const [alpha, calibrations, rows] = [0.05, 400, 50];
    let alarms = 0;
    for (let seed = 0; seed < calibrations; seed++) {
      // 59 scores: floor(0.05 · 60) / 60 is just alpha, so that the bound is attained.
      const scores = normalScores(59 + rows, seed).map((each) => each ** 3);
      const threshold = fitThreshold(scores.subarray(0, 59), { kind: 'conformal', alpha });
      alarms += flagRows(scores.subarray(59), threshold).flags.reduce((sum, flag) => sum + flag, 0);
    }
    const share = alarms / (calibrations * rows);
    // Of one calibration the share has the Beta(3, 57) deviation 0.028; of 400 their mean 0.0014, and rows add 0.0015.
    expect(share).toBeGreaterThan(alpha - 4 * 0.0021);
    expect(share).toBeLessThan(alpha + 4 * 0.0021);
  });
  it.each([
    [0.01, 98, 99],
    [0.05, 18, 19],
  ])('an alpha of %d refuses %i scores, and takes %i', (alpha, tooFew, enough) => {
    const error = thrownBy(() => fitThreshold(normalScores(tooFew, 1), { kind: 'conformal', alpha }));
    expect(error.code).toBe('RETRACE_TOO_FEW_ROWS');
    expect(error.details).toEqual({ rows: tooFew, needed: enough });
    const scores = normalScores(enough, 1);
    expect(fitThreshold(scores, { kind: 'conformal', alpha })).toMatchObject({ value: Math.max(...scores) });
  });
});
