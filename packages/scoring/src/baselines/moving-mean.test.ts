import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGoldenBaselines, seriesOf } from '../../fixtures/golden-baselines.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { movingMean } from './moving-mean.ts';

describe('movingMean', () => {
  const { training, holed, movingMean: golden } = readGoldenBaselines();

  it.each(golden)('equals the shifted rolling mean of pandas over $rows rows', ({ rows, scores }) => {
    expectClose(movingMean(training, { rows }).score(holed).scores, scores);
  });

  it('scores a step once its rows are above the mean of those before, and less as the mean follows', () => {
    const noise = Array.from({ length: 200 }, (_, row) => Math.sin(row ** 2));
    const step = [...noise.slice(0, 20), ...noise.slice(20, 40).map((value) => value + 5)];
    const { scores } = movingMean([seriesOf(noise, 1)], { rows: 10 }).score(seriesOf(step, 1));
    expect(Math.max(...scores.subarray(0, 20))).toBeLessThan(10);
    expect(scores[20]).toBeGreaterThan(10);
    expect(scores[35]).toBeLessThan(10);
  });

  it.each([
    ['one row', [seriesOf([1], 1)], {}, 'RETRACE_TOO_FEW_ROWS'],
    ['no series', [], {}, 'RETRACE_TOO_FEW_ROWS'],
    ['what is no array', undefined, {}, 'RETRACE_INVALID_ARGUMENT'],
    ['no rows to average', training, { rows: 0 }, 'RETRACE_INVALID_ARGUMENT'],
    ['a misspelt option', training, { row: 1 }, 'RETRACE_INVALID_ARGUMENT'],
    ['series of differing features', [seriesOf([1, 2], 1), training[0]], {}, 'RETRACE_FEATURES'],
  ])('refuses %s', (_, series, options, code) => {
    expect(thrownBy(() => Reflect.apply(movingMean, undefined, [series, options])).code).toBe(code);
  });
});
