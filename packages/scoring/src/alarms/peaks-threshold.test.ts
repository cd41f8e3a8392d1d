import { describe, expect, it } from 'vitest';
import { readGoldenPeaks } from '../../fixtures/golden-peaks.ts';
import { normalScores } from '../../fixtures/some-thresholds.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { fitThreshold } from './fit-threshold.ts';

describe('fitThreshold by peaks', () => {
  it("'pot' has the level that 'spot' begins with", () => {
    const { calibration, risk, level, thresholds, base } = readGoldenPeaks().streams[0]!;
    const pot = fitThreshold(calibration, { kind: 'pot', risk, level });
    expect(pot).toMatchObject({ kind: 'pot', risk, level, peaks: 50, rows: 500 });
    if (pot.kind !== 'pot') throw new Error('another kind');
    expect(pot.base).toBeCloseTo(base, 12);
    expect(Math.abs(pot.value / thresholds[0]! - 1)).toBeLessThan(1e-6);
  });
  it('tells of exponential scores the level that they exceed with the probability asked for', () => {
    const scores = normalScores(20_000, 3).map((each) => -Math.log(Math.exp(-(each ** 2) / 2)));
    const pot = fitThreshold(scores, { kind: 'pot', risk: 1e-3 });
    const above = 'value' in pot ? scores.filter((each) => each > pot.value).length / scores.length : 1;
    // Twenty rows expected: twice their deviation is 9.
    expect(Math.abs(above - 1e-3)).toBeLessThan(4.5e-4);
  });
  it('warns of fewer than ten peaks', () => {
    const warnings: string[] = [];
    const onWarning = (message: string) => void warnings.push(message);
    fitThreshold(normalScores(400, 1), { kind: 'pot', onWarning });
    expect(warnings).toEqual([expect.stringContaining('Only 8 calibration scores exceed')]);
    fitThreshold(normalScores(500, 1), { kind: 'pot', onWarning });
    expect(warnings).toHaveLength(1);
  });
  it.each([
    [{ kind: 'pot', risk: 0.02 }, '`risk` must be below 1 − `level`'],
    [{ kind: 'pot', risk: 0 }, '`risk` must be'],
    [{ kind: 'pot', level: 1 }, '`level` must be'],
    [{ kind: 'spot', depth: 5 }, '`options` must be'],
    [{ kind: 'dspot', depth: 0 }, '`depth` must be'],
  ])('refuses %j', (spec, message) => {
    const error = thrownBy(() => Reflect.apply(fitThreshold, undefined, [normalScores(99, 1), spec]));
    expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
    expect(error.message).toContain(message);
  });
  it.each([
    [{ kind: 'pot' } as const, [2, 2, 2, 2]],
    [{ kind: 'dspot', depth: 10 } as const, [1, 2, 3]],
    [{ kind: 'dspot', depth: 3 } as const, [1, 2, 3, 4]],
  ])('refuses for %j scores without a peak', (spec, scores) => {
    const error = thrownBy(() => fitThreshold(scores, spec));
    expect(error.code).toBe('RETRACE_TOO_FEW_ROWS');
  });
});
