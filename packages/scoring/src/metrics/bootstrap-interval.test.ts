import { createRandom } from '@retrace/random';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { quantileOf } from '../quantile.ts';
import { bootstrapInterval } from './bootstrap-interval.ts';
import { rocAuc } from './roc-auc.ts';

describe('bootstrapInterval', () => {
  it('comes near the quantiles of all 3,125 resamples of five entities', () => {
    const values = [0.1, 0.25, 0.5, 0.55, 0.9];
    const means = Float64Array.from({ length: 5 ** 5 }, (_, code) => {
      const drawn = values.map((_, place) => values[Math.floor(code / 5 ** place) % 5]!);
      return drawn.reduce((sum, value) => sum + value, 0) / 5;
    }).sort();
    const { estimate, low, high, resamples } = bootstrapInterval(values, {
      seed: 1,
      resamples: 50_000,
      level: 0.8,
    });
    expect(estimate).toBeCloseTo(0.46, 15);
    expect(resamples).toBe(50_000);
    // The share of resamples below a quantile of theirs has a standard error of √(0.1 · 0.9 / 50000) = 0.0013.
    expect(low).toBeGreaterThanOrEqual(quantileOf(means, 0.094));
    expect(low).toBeLessThanOrEqual(quantileOf(means, 0.106));
    expect(high).toBeGreaterThanOrEqual(quantileOf(means, 0.894));
    expect(high).toBeLessThanOrEqual(quantileOf(means, 0.906));
  });

  it('is near the normal interval of a mean of many', () => {
    const random = createRandom(3);
    const values = Float64Array.from({ length: 400 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / 400;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 400);
    const { low, high } = bootstrapInterval(values, { seed: 5, resamples: 20_000 });
    const half = (1.959964 * deviation) / 20;
    expect(Math.abs(low - (mean - half))).toBeLessThan(half / 20);
    expect(Math.abs(high - (mean + half))).toBeLessThan(half / 20);
  });

  it('is the same for the same seed, and wider for a higher level', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const at = (seed: number, level: number) => bootstrapInterval(values, { seed, level });
    expect(at(7, 0.9)).toEqual(at(7, 0.9));
    expect(at(7, 0.9)).not.toEqual(at(8, 0.9));
    expect(at(7, 0.99).low).toBeLessThan(at(7, 0.9).low);
    expect(at(7, 0.99).high).toBeGreaterThan(at(7, 0.9).high);
  });

  it('takes any statistic of whole entities, and leaves out resamples without one', () => {
    const series = [
      { scores: [1, 2], labels: [0, 0] },
      { scores: [0, 5], labels: [0, 1] },
    ];
    const statistic = (drawn: readonly (typeof series)[number][]) => rocAuc(drawn);
    const { estimate, resamples } = bootstrapInterval(series, { seed: 1, resamples: 4000, statistic });
    expect(estimate).toBe(1);
    // A quarter of the resamples has the first entity twice, and no anomaly.
    expect(Math.abs(resamples - 3000)).toBeLessThan(150);
  });

  it('has no width where entities are alike', () => {
    expect(bootstrapInterval([2, 2, 2], { seed: 0 })).toEqual({
      estimate: 2,
      low: 2,
      high: 2,
      resamples: 2000,
    });
  });

  it.each([
    ['no entity', []],
    ['entities without the statistic', [{ scores: [1], labels: [0] }]],
  ])('refuses %s', (_, series) => {
    const error = thrownBy(() => bootstrapInterval(series, { seed: 1, statistic: rocAuc }));
    expect(error.code).toBe('RETRACE_TOO_FEW_ENTITIES');
    expect(error.details).toEqual({ entities: series.length });
  });

  it.each<[string, object]>([
    ['seed', {}],
    ['seed', { seed: -1 }],
    ['resamples', { seed: 1, resamples: 0 }],
    ['level', { seed: 1, level: 1 }],
    ['level', { seed: 1, level: 95 }],
    ['options', { seed: 1, n: 3 }],
    ['statistic(…)', { seed: 1, statistic: () => Number.NaN }],
  ])('refuses `%s` of %o', (argument, options) => {
    const error = thrownBy(() => bootstrapInterval([1, 2], options as { seed: number }));
    expect(error.details).toMatchObject({ argument });
  });

  it('refuses so few resamples that none has the statistic', () => {
    const statistic = (drawn: readonly number[]) => (drawn[0] === 0 && drawn[1] === 1 ? 1 : null);
    const error = thrownBy(() => bootstrapInterval([0, 1], { seed: 1, resamples: 1, statistic }));
    expect(error.details).toMatchObject({ argument: 'resamples' });
  });

  it('refuses a value that is no finite number', () => {
    const error = thrownBy(() => bootstrapInterval([1, Number.NaN], { seed: 1 }));
    expect(error.details).toMatchObject({ argument: 'perEntity[1]' });
  });
});
