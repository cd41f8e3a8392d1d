import type { Series } from '@retrace/windowing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGoldenBaselines, seriesOf } from '../../fixtures/golden-baselines.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { discord } from './discord.ts';
import { movingMean } from './moving-mean.ts';
import { processPca } from './process-pca.ts';
import { subSequencePca } from './sub-sequence-pca.ts';
import { vectorAutoregression } from './vector-autoregression.ts';
import { windowedGaussian } from './windowed-gaussian.ts';

const { training, test, holed } = readGoldenBaselines();
const length = 8;
const causal = [
  movingMean(training),
  windowedGaussian(training),
  processPca(training),
  vectorAutoregression(training),
];
const baselines = [...causal, subSequencePca(training, { length }), discord(training, { length })];
const rowsOf = (series: Series, rows: number) =>
  seriesOf(Array.from(series.values).slice(0, rows * series.features.length), series.features.length);

describe.each(baselines.map((baseline) => [baseline.name, baseline] as const))('%s', (_, baseline) => {
  it('scores rows with missing cells by the rest, one without any as NaN, and blames none that is missing', () => {
    const { scores, contributions } = baseline.score(holed);
    expect(Array.from(scores.keys()).filter((row) => Number.isNaN(scores[row]))).toEqual([30]);
    expect([contributions[15], contributions[18], contributions[53]]).toEqual([0, 0, 0]);
  });

  it('gives contributions of at least 0 that sum to the score, whatever the numbers', () => {
    const cells = fc.option(fc.double({ min: -1e30, max: 1e30, noNaN: true }), { freq: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cells, cells, cells), { minLength: length, maxLength: 20 }), (rows) => {
        const { scores, contributions } = baseline.score(seriesOf(rows.flat(), 3));
        const sums = rows.map((_, row) =>
          contributions.subarray(3 * row, 3 * row + 3).reduce((sum, value) => sum + value, 0),
        );
        expectClose(sums, scores);
        for (const [row, score] of scores.entries()) {
          const empty = rows[row]!.every((cell) => cell === null);
          expect(empty ? Number.isNaN(score) : Number.isFinite(score)).toBe(true);
        }
        expect(contributions.every((value) => !(value < 0))).toBe(true);
      }),
    );
  });

  it('scores each run by itself', () => {
    const { scores } = baseline.score(test, {
      runs: [
        [0, 30],
        [30, 50],
      ],
    });
    expect(scores.subarray(0, 30)).toEqual(baseline.score(rowsOf(test, 30)).scores);
    expect(scores.subarray(30)).toEqual(baseline.score(seriesOf(test.values.slice(90), 3)).scores);
  });

  it('takes a cell that is not observed for missing, whatever it holds', () => {
    const values = test.values.map((value, cell) => (holed.observed![cell] === 0 ? 9 : value));
    expect(baseline.score({ ...holed, values })).toEqual(baseline.score(holed));
  });

  it('leaves the series as it was', () => {
    const before = holed.values.slice();
    baseline.score(holed);
    expect(holed.values).toEqual(before);
  });

  it('refuses series of other features, infinite cells, runs that leave rows out and unknown options', () => {
    const refusal = (...args: unknown[]) => thrownBy(() => Reflect.apply(baseline.score, baseline, args));
    expect(refusal(seriesOf([1, 2], 2))).toMatchObject({ code: 'RETRACE_FEATURES' });
    const infinite = { ...test, values: test.values.map((value, cell) => (cell === 4 ? Infinity : value)) };
    expect(refusal(infinite)).toMatchObject({
      code: 'RETRACE_NOT_FINITE',
      details: { row: 1, feature: 'f1' },
    });
    expect(refusal(test, { runs: [[0, 3]] })).toMatchObject({ code: 'RETRACE_INVALID_ARGUMENT' });
    expect(refusal(test, { run: [] })).toMatchObject({ code: 'RETRACE_INVALID_ARGUMENT' });
    expect(refusal(undefined)).toMatchObject({ code: 'RETRACE_INVALID_ARGUMENT' });
  });
});

it.each(causal.map((baseline) => [baseline.name, baseline] as const))(
  '%s scores a row by no later one',
  (_, baseline) => {
    const { scores } = baseline.score(test);
    for (const rows of [1, 7, 31]) {
      expect(baseline.score(rowsOf(test, rows)).scores).toEqual(scores.subarray(0, rows));
    }
  },
);

it.each(baselines.slice(causal.length).map((baseline) => [baseline.name, baseline] as const))(
  '%s scores a row by none after the sub-sequence around it',
  (_, baseline) => {
    const { scores } = baseline.score(test);
    const some = baseline.score(rowsOf(test, 31)).scores;
    expectClose(some.subarray(0, 31 - length / 2), scores.subarray(0, 31 - length / 2));
  },
);
