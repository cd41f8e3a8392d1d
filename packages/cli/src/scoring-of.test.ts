import type { RowScorer } from '@retrace/detector';
import {
  fitCombinedScorer,
  fitScorer,
  fitThreshold,
  type ScorerSpec,
  type ThresholdSpec,
} from '@retrace/scoring';
import { fitScaler } from '@retrace/windowing';
import { describe, expect, it } from 'vitest';
import { scoringOf } from './scoring-of.ts';

const features = ['a', 'b'];
const residuals = Float64Array.from({ length: 1000 }, (_, cell) => Math.sin(cell ** 2));
const scores = Float64Array.from({ length: 500 }, (_, row) => 1 + Math.sin(row ** 2));
const time = Float64Array.from({ length: 500 }, (_, row) => row);
const scaler = fitScaler([{ id: 's', features, time, values: residuals }], { kind: 'standard' });
const entities = [{ id: 's', rows: 500 }];
const scorer = fitScorer(residuals, { features });
const threshold = fitThreshold(scores);

const scoring = (state: Partial<RowScorer['state']>) =>
  scoringOf({ windows: { lookback: 8 }, scaler, scorer, threshold, ...state });

describe('scoringOf', () => {
  it.each<ThresholdSpec>([
    { kind: 'quantile', q: 0.9 },
    { kind: 'quantile', q: 0.9, standardErrors: 3 },
    { kind: 'sigma', k: 2 },
    { kind: 'mad', k: 4 },
    { kind: 'conformal', alpha: 0.05 },
    { kind: 'budget', share: 0.1 },
    { kind: 'budget', alarmsPerDay: 3 },
    { kind: 'pot', risk: 1e-3, level: 0.9 },
    { kind: 'spot', risk: 1e-3, level: 0.9 },
    { kind: 'dspot', risk: 1e-3, level: 0.9, depth: 50 },
    { kind: 'dynamic', window: 300, buffer: 30, prune: 0.2 },
  ])('tells the threshold %o so that the same is fitted again', (spec) => {
    const fitted = fitThreshold(scores, { ...spec, days: 2 });
    expect(scoring({ threshold: fitted }).threshold).toEqual(spec);
  });

  it.each<ScorerSpec>([
    { kind: 'mae' },
    { kind: 'mse', smoothing: { kind: 'median', rows: 3 } },
    { kind: 'standardised', clip: 4 },
    { kind: 'standardised', perEntity: true },
    { kind: 'standardised', centered: false, prior: { rows: 50, spread: 1 } },
    { kind: 'gaussian', centered: false },
    { kind: 'gaussian', magnitudes: true },
    { kind: 'quantile', smoothing: { kind: 'ewma', halfLife: 2 } },
  ])('tells the scorer %o', (spec) => {
    expect(scoring({ scorer: fitScorer(residuals, { features, entities, ...spec }) }).scorer).toEqual(spec);
  });

  it('leaves to baselines what they have none of: a horizon, other residuals, a variance', () => {
    const windows = { lookback: 8, stride: 2, horizon: 3, shift: 1 };
    expect(scoring({ windows }).windows).toEqual({ lookback: 8, stride: 2 });
    const mse = fitScorer(residuals, { features, kind: 'mse' });
    const parts = [mse, scorer].map((each) => ({ scorer: each, scores }));
    expect(scoring({ scorer: fitCombinedScorer(parts, { by: 'mean' }) }).scorer).toEqual({ kind: 'mse' });
    expect(scoring({ scorer: fitScorer(residuals, { features, kind: 'likelihood' }) }).scorer).toEqual({});
  });
});
