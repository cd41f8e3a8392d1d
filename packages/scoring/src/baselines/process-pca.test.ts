import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGoldenBaselines, seriesOf } from '../../fixtures/golden-baselines.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { processPca } from './process-pca.ts';

const { training, test, processPca: golden } = readGoldenBaselines();

describe('processPca', () => {
  it.each(golden)('equals scikit-learn for $options', ({ options, components, limits, t2, spe, both }) => {
    const fitted = processPca(training, options);
    expect(fitted.components).toBe(components);
    expectClose([fitted.limits['T²'], fitted.limits.SPE], limits);
    expectClose(fitted.score(test).scores, both);
    expectClose(processPca(training, { ...options, statistic: 'T²' }).score(test).scores, t2);
    expectClose(processPca(training, { ...options, statistic: 'SPE' }).score(test).scores, spe);
  });

  it('sees by SPE a row beside the plane, by T² one far out along it', () => {
    const line = Array.from({ length: 100 }, (_, row) => {
      const value = Math.sin(row ** 2);
      return [value, value + 0.01 * Math.sin(7 * row)];
    });
    const [beside, along] = (['SPE', 'T²'] as const).map(
      (statistic) =>
        processPca([seriesOf(line.flat(), 2)], { statistic, components: 1 }).score(
          seriesOf([0, 0, 0.5, -0.5, 4, 4], 2),
        ).scores,
    );
    expect(beside!.indexOf(Math.max(...beside!))).toBe(1);
    expect(along!.indexOf(Math.max(...along!))).toBe(2);
  });

  it('stays finite where training rows do not vary, and takes a missing cell for the mean', () => {
    const baseline = processPca([seriesOf([1, 2, 1, 2, 1, 2], 2)]);
    expect(baseline).toMatchObject({ name: 'T² or SPE', components: 0 });
    const { scores, contributions } = baseline.score(seriesOf([1, 2, 1, 3, Number.NaN, 3], 2));
    expect(scores[0]).toBe(0);
    expect(scores[1]).toBe(scores[2]);
    expect(contributions[4]).toBe(0);
    expect(scores.every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['no rows', [seriesOf([], 2)], {}, 'RETRACE_TOO_FEW_ROWS'],
    ['an unknown statistic', training, { statistic: 'Q' }, 'RETRACE_INVALID_ARGUMENT'],
    ['a variance of 0', training, { variance: 0 }, 'RETRACE_INVALID_ARGUMENT'],
    ['more components than features', training, { components: 4 }, 'RETRACE_INVALID_ARGUMENT'],
    ['components and variance', training, { components: 1, variance: 0.5 }, 'RETRACE_INVALID_ARGUMENT'],
  ])('refuses %s', (_, series, options, code) => {
    expect(thrownBy(() => Reflect.apply(processPca, undefined, [series, options])).code).toBe(code);
  });
});
