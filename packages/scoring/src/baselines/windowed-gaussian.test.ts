import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGoldenBaselines, seriesOf } from '../../fixtures/golden-baselines.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { logNormalTail } from './log-normal-tail.ts';
import { windowedGaussian } from './windowed-gaussian.ts';

const { training, test, windowedGaussian: golden, logTails } = readGoldenBaselines();

describe('windowedGaussian', () => {
  it.each(golden)("equals NAB's detector for $rows rows moved by $step", ({ rows, step, scores }) => {
    expectClose(windowedGaussian(training, { rows, step }).score(test).scores, scores);
  });

  it('scores the same value anew after a flat window, and passes over missing cells', () => {
    const flat = windowedGaussian([seriesOf([2, 2, 2], 1)], { rows: 3, step: 1 });
    const [same, missing, other] = flat.score(seriesOf([2, Number.NaN, 3], 1)).scores;
    expect([same, missing]).toEqual([0, Number.NaN]);
    // A flat window has NAB's deviation of 1e-6, from which 3 is a million away.
    expect(other).toBeCloseTo(5e11 + Math.log(1e6 * Math.sqrt(Math.PI / 2)), 3);
  });

  it('stays finite for the largest numbers', () => {
    const baseline = windowedGaussian([seriesOf([0, 0], 1)]);
    expect(baseline.score(seriesOf([1e99, 0, -1e99], 1)).scores.every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['no rows', [], {}, 'RETRACE_TOO_FEW_ROWS'],
    ['a window of 0', training, { rows: 0 }, 'RETRACE_INVALID_ARGUMENT'],
    ['a step over the window', training, { rows: 5, step: 6 }, 'RETRACE_INVALID_ARGUMENT'],
  ])('refuses %s', (_, series, options, code) => {
    expect(thrownBy(() => windowedGaussian(series, options)).code).toBe(code);
  });
});

describe('logNormalTail', () => {
  it.each(logTails)('equals scipy at $z', ({ z, value }) => {
    expect(Math.abs(logNormalTail(z) - value)).toBeLessThanOrEqual(1e-12 * value);
  });
});
