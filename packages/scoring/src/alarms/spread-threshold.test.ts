import { describe, expect, it } from 'vitest';
import { normalScores } from '../../fixtures/some-thresholds.ts';
import { fitThreshold } from './fit-threshold.ts';

describe('fitThreshold by spreads', () => {
  it("'sigma' is k population standard deviations above the mean", () => {
    // Mean 5, variance (9 + 1 + 1 + 1 + 0 + 0 + 4 + 16) / 8 = 4.
    expect(fitThreshold([2, 4, 4, 4, Number.NaN, 5, 5, 7, 9], { kind: 'sigma', k: 2.5 })).toEqual({
      format: 'retrace-threshold',
      version: 1,
      kind: 'sigma',
      value: 10,
      k: 2.5,
      center: 5,
      spread: 2,
      rows: 8,
    });
  });
  it("'mad' is k times 1.4826 median absolute deviations above the median", () => {
    // Median 3, deviations 2, 1, 0, 1, 97: their median 1.
    expect(fitThreshold([1, 2, 3, 4, 100], { kind: 'mad' })).toMatchObject({
      value: 3 + 3 * 1.4826,
      k: 3,
      center: 3,
      spread: 1.4826,
      rows: 5,
    });
  });
  it('outliers move the one, not the other', () => {
    const scores = [...normalScores(1000, 1)];
    const dirty = [...scores, ...new Array<number>(20).fill(1000)];
    const ratio = (kind: 'sigma' | 'mad'): number => {
      const [clean, spoilt] = [scores, dirty].map((each) => fitThreshold(each, { kind }));
      return 'value' in spoilt! && 'value' in clean! ? spoilt.value / clean.value : Number.NaN;
    };
    expect(ratio('sigma')).toBeGreaterThan(50);
    expect(ratio('mad')).toBeLessThan(1.1);
  });
  it('warns where the median absolute deviation is 0', () => {
    const warnings: string[] = [];
    const onWarning = (message: string) => void warnings.push(message);
    fitThreshold([1, 1, 1, 4], { kind: 'mad', onWarning });
    expect(warnings).toEqual([expect.stringContaining('More than half of the calibration scores are equal')]);
    fitThreshold([1, 1, 1], { kind: 'mad', onWarning });
    expect(warnings).toHaveLength(1);
  });
});
