import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGoldenScores } from '../../fixtures/golden-scores.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { fitScorer } from './fit-scorer.ts';
import { negativeLogLikelihood } from './negative-log-likelihood.ts';
import { scoreRows } from './score-rows.ts';

const { errors, logVariances, surprise, contributions } = readGoldenScores().likelihood;
const features = ['flow', 'current'];

describe('negativeLogLikelihood', () => {
  it('equals −logpdf of scipy.stats.norm', () => {
    expectClose(negativeLogLikelihood(errors, logVariances), surprise);
  });

  it('is NaN where either is, and finite for the least variance', () => {
    const found = negativeLogLikelihood([Number.NaN, 1, 1], [0, Number.NaN, -1000]);
    expect([...found.subarray(0, 2)]).toEqual([Number.NaN, Number.NaN]);
    expect(found[2]).toBeCloseTo((Math.log(2 * Math.PI) + 2 * Math.log(0.001) + 1e6) / 2, 6);
  });

  it.each([
    [
      'an infinite logarithm',
      [1, 2],
      [0, Infinity],
      {},
      'RETRACE_NOT_FINITE',
      '`logVariances[1]` must be finite',
    ],
    ['another length', [1, 2], [0], {}, 'RETRACE_INVALID_ARGUMENT', '`logVariances` must be of length 2'],
    ['a spread of 0', [1], [0], { minSpread: 0 }, 'RETRACE_INVALID_ARGUMENT', '`minSpread` must be'],
  ])('refuses %s', (_, residuals, logs, options, code, message) => {
    const error = thrownBy(() => negativeLogLikelihood(residuals, logs, options));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});

describe('a likelihood scorer', () => {
  const state = fitScorer(surprise, { features, kind: 'likelihood' });

  it('scores by the negative log-likelihood above the least of the calibration rows', () => {
    expectClose(scoreRows(surprise, state).contributions, contributions);
  });

  it('gives 0, not less, to what is less surprising than any calibration row', () => {
    expect(scoreRows([-100, -100], state).scores).toEqual(Float64Array.of(0));
  });

  it('refuses a feature with fewer than two residuals', () => {
    const error = thrownBy(() => fitScorer([1, 2, 3, Number.NaN], { features, kind: 'likelihood' }));
    expect(error.code).toBe('RETRACE_TOO_FEW_ROWS');
  });
});
