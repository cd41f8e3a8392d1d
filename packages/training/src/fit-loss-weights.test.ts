import type { Head } from '@retrace/models/tensors';
import { describe, expect, it } from 'vitest';
import { fitLossWeights } from './fit-loss-weights.ts';
import type { LossWeights } from './loss-weights.ts';

const heads: readonly Head[] = [
  { name: 'reconstruction', target: 'input', weight: 1 },
  { name: 'prediction', target: 'target', weight: 2 },
  { name: 'classes', target: 'label', weight: 1 },
];
const sizes = { features: ['flow', 'heat'], lookback: 3, horizon: 2 };

describe('fitLossWeights', () => {
  it('gives each head, feature and step its weight, 1 where none is given', () => {
    const fitted = fitLossWeights(
      { heads: { prediction: 0.5 }, features: { heat: 3 }, steps: { prediction: [1, 0] } },
      heads,
      sizes,
    );
    expect(heads.map(fitted.headOf)).toEqual([1, 0.5, 1]);
    expect(fitted.features).toEqual(Float64Array.of(1, 3));
    expect(fitted.steps).toEqual({ target: Float64Array.of(1, 0) });
  });

  it('leaves all as it is without weights', () => {
    const fitted = fitLossWeights(undefined, heads, sizes);
    expect([heads.map(fitted.headOf), fitted.features, fitted.steps]).toEqual([[1, 2, 1], undefined, {}]);
  });

  it.each<[string, object]>([
    ['lossWeights', { head: {} }],
    ['lossWeights.heads', { heads: { reconstructon: 1 } }],
    ['lossWeights.heads.prediction', { heads: { prediction: -1 } }],
    ['lossWeights.features', { features: { cold: 1 } }],
    ['lossWeights.features.heat', { features: { heat: Number.NaN } }],
    ['lossWeights.steps.reconstruction', { steps: { reconstruction: [1, 1] } }],
    ['lossWeights.steps.reconstruction[2]', { steps: { reconstruction: [1, 1, -1] } }],
    ['lossWeights.steps.classes', { steps: { classes: [1] } }],
  ])('refuses a wrong `%s`', (argument, weights) => {
    expect(() => fitLossWeights(weights as LossWeights, heads, sizes)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});
