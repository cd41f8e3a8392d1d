import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGoldenScores } from '../../fixtures/golden-scores.ts';
import { shareBelow } from './feature-quantiles.ts';
import { fitScorer } from './fit-scorer.ts';
import { scoreRows } from './score-rows.ts';

const features = ['flow', 'current'];
const { calibration, scored, quantile } = readGoldenScores();
const state = fitScorer(calibration, { features, kind: 'quantile' });

describe('a quantile scorer', () => {
  it('keeps the quantiles that numpy finds of the distances from the median', () => {
    if (state.kind !== 'quantile') return expect.fail();
    expectClose(state.center, quantile.center);
    expectClose(state.knots, quantile.knots);
  });

  it('scores by the share of the calibration residuals that lie nearer, as numpy interpolates them', () => {
    expectClose(scoreRows(scored, state).contributions, quantile.contributions);
  });

  it('gives half of the calibration rows less than ½ in a feature by itself', () => {
    const flow = calibration.filter((_, cell) => cell % 2 === 0);
    const { scores } = scoreRows(flow, fitScorer(flow, { features: ['flow'], kind: 'quantile' }));
    expect(scores.filter((score) => score < 0.5).length / scores.length).toBeCloseTo(0.5, 2);
    expect(Math.max(...scores)).toBe(1);
  });

  it('is the same for residuals of another scale and origin', () => {
    const moved = (values: readonly number[]) => values.map((value) => 7 * value - 100);
    const other = fitScorer(moved(calibration), { features, kind: 'quantile' });
    expectClose(scoreRows(moved(scored), other).scores, [...scoreRows(scored, state).scores], 1e-9);
  });

  it('never falls as the distance grows, and has no bound', () => {
    if (state.kind !== 'quantile') return expect.fail();
    const { knots } = state;
    const distance = fc.double({ min: 0, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(distance, distance, (one, other) => {
        const [near, far] = [Math.min(one, other), Math.max(one, other)];
        expect(shareBelow(knots, 1, near)).toBeLessThanOrEqual(shareBelow(knots, 1, far));
      }),
    );
    expect(shareBelow(knots, 1, 1e6)).toBeGreaterThan(1e3);
  });

  it('counts those that lie as near as not nearer', () => {
    const values = [...new Array(60).fill(0), ...new Array(39).fill(1), 9];
    const tied = fitScorer(values, { features: ['flow'], kind: 'quantile' });
    const { scores } = scoreRows([0, 1, 1.001], tied);
    expectClose(scores, [0, 0.6, 0.98], 0.01);
  });

  it('gives 0 for a feature that is retraced as exactly as ever, and a finite score for its first stir', () => {
    const exact = fitScorer([0, 0, 0, 0], { features: ['flow'], kind: 'quantile' });
    expect(scoreRows([0, 0.002], exact).scores).toEqual(Float64Array.of(0, 2));
  });
});
