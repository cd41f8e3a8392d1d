import type { RowScorer } from '@retrace/detector';
import { fitCombinedScorer, fitScorer, type ScorerSpec } from '@retrace/scoring';
import { describe, expect, it } from 'vitest';
import { scorerText } from './scorer-text.ts';

const residuals = Float64Array.from({ length: 200 }, (_, row) => Math.sin(row ** 2));
const fitted = (spec: ScorerSpec) =>
  fitScorer(residuals, { features: ['a'], entities: [{ id: 's', rows: 200 }], ...spec });
const text = (state: object) => scorerText(state as RowScorer['state']);

describe('scorerText', () => {
  it.each<[ScorerSpec, string]>([
    [{ kind: 'mae' }, 'mae'],
    [{ clip: 3 }, 'standardised, clipped at 3 spreads'],
    [{ kind: 'quantile', perEntity: true }, 'quantile, 1 series by their own rows'],
    [
      { kind: 'mse', smoothing: { kind: 'ewma', halfLife: 5 } },
      'mse, smoothed over past rows with a half-life of 5 rows',
    ],
    [{ smoothing: { kind: 'median', rows: 7 } }, 'standardised, the median of the last 7 rows'],
  ])('tells %o', (spec, expected) => {
    expect(text({ scorer: fitted(spec) })).toBe(expected);
  });

  it('tells what is scored where it is no reconstruction, and how windows are joined', () => {
    const scorer = fitted({ kind: 'mae' });
    expect(text({ scorer, outputs: ['prediction'], aggregate: 'median' })).toBe(
      "mae (prediction), by 'median' of the windows of a row",
    );
    const part = { scorer, scores: residuals.map(Math.abs) };
    const combined = fitCombinedScorer([part, part], { by: 'product' });
    expect(text({ scorer: combined, outputs: ['reconstruction', 'prediction'] })).toBe(
      'the product of mae (reconstruction) and mae (prediction)',
    );
  });
});
