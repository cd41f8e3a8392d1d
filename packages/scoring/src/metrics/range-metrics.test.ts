import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bits } from '../../fixtures/drawn-rows.ts';
import { flagsAbove, readGoldenMetrics } from '../../fixtures/golden.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { pointMetrics } from './point-metrics.ts';
import { type RangeBias, type RangeMetricsOptions, rangeMetrics } from './range-metrics.ts';

const drawn = (labels: string, flags: string) => [{ labels: bits(labels), flags: bits(flags) }];
const biases = ['flat', 'front', 'back', 'middle'] as const;

/** δ as the paper's figure of it writes it, of the i-th of n rows, i from 1. */
function delta(bias: RangeBias, i: number, n: number): number {
  if (bias === 'flat') return 1;
  if (bias === 'front') return n - i + 1;
  if (bias === 'back') return i;
  return i <= n / 2 ? i : n - i + 1;
}

/** γ · ω of each stretch of `of`, row by row. */
function rewards(of: string, by: string, bias: RangeBias, cardinality: 'reciprocal' | 'one'): number[] {
  return [...of.matchAll(/#+/g)].map(({ index, 0: stretch }) => {
    const weights = Array.from(stretch, (_, i) => delta(bias, i + 1, stretch.length));
    const covers = by.slice(index, index + stretch.length);
    const covered = weights.reduce((sum, weight, i) => sum + (covers[i] === '#' ? weight : 0), 0);
    const pieces = [...covers.matchAll(/#+/g)].length;
    const gamma = cardinality === 'one' || pieces < 2 ? 1 : 1 / pieces;
    return (gamma * covered) / weights.reduce((sum, weight) => sum + weight, 0);
  });
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

describe('rangeMetrics', () => {
  it.each(readGoldenMetrics())('equals TSB-AD: $name', ({ labels, scores, at }) => {
    for (const { threshold, ...golden } of at) {
      const series = [{ labels, flags: flagsAbove(scores, threshold) }];
      const { precision, recall, f1 } = rangeMetrics(series);
      expect(precision).toBeCloseTo(golden.rangePrecision, 14);
      expect(recall).toBeCloseTo(golden.rangeRecall, 14);
      expect(f1).toBeCloseTo(golden.rangeF1, 14);
      expect(rangeMetrics(series, { existence: 1 }).recall).toBeCloseTo(golden.rangeExistence, 14);
      expect(rangeMetrics(series, { existence: 0 }).recall).toBeCloseTo(golden.rangeOverlap, 14);
    }
  });

  it.each<[string, string, string, RangeMetricsOptions, number]>([
    ['half an event', '.####.', '.##...', { existence: 0 }, 0.5],
    ['half an event in two pieces', '.####.', '.#.#..', { existence: 0 }, 0.25],
    ['half an event in two pieces of full worth', '####', '#.#.', { existence: 0, cardinality: 'one' }, 0.5],
    ['the front of it', '####', '##..', { existence: 0, recallBias: 'front' }, 0.7],
    ['the front where the back counts', '####', '##..', { existence: 0, recallBias: 'back' }, 0.3],
    ['the middle of it', '#####', '.###.', { existence: 0, recallBias: 'middle' }, 7 / 9],
    ['one row and that it was found', '####', '#...', { existence: 0.5 }, 0.625],
    ['one of two events', '##..##', '##....', {}, 0.5],
    ['nothing', '####', '....', { existence: 1 }, 0],
  ])('recalls %s', (_, labels, flags, options, expected) => {
    expect(rangeMetrics(drawn(labels, flags), options).recall).toBeCloseTo(expected, 15);
  });

  it('weights precision by its own bias', () => {
    const series = drawn('.##.', '####');
    expect(rangeMetrics(series, { precisionBias: 'middle' }).precision).toBeCloseTo(4 / 6, 15);
    expect(rangeMetrics(series, { recallBias: 'middle' }).precision).toBe(0.5);
  });

  it('equals the definition row by row, whatever is drawn', () => {
    const drawing = fc.string({ unit: fc.constantFrom('#', '.'), minLength: 30, maxLength: 30 });
    const options = fc.record({
      existence: fc.double({ min: 0, max: 1, noNaN: true }),
      cardinality: fc.constantFrom('reciprocal' as const, 'one' as const),
      recallBias: fc.constantFrom(...biases),
      precisionBias: fc.constantFrom(...biases),
    });
    fc.assert(
      fc.property(drawing, drawing, options, (labels, flags, options) => {
        const { existence, cardinality, recallBias, precisionBias } = options;
        const recalls = rewards(labels, flags, recallBias, cardinality).map((reward) =>
          reward > 0 ? existence + (1 - existence) * reward : 0,
        );
        const expected = {
          recall: mean(recalls),
          precision: mean(rewards(flags, labels, precisionBias, cardinality)),
        };
        const actual = rangeMetrics(drawn(labels, flags), options);
        for (const key of ['recall', 'precision'] as const) {
          if (expected[key] === null) expect(actual[key]).toBeNull();
          else expect(actual[key]).toBeCloseTo(expected[key], 12);
        }
      }),
    );
  });

  it('is the precision and recall of rows where all stretches are single rows', () => {
    const series = drawn('#.#.#.....', '#...#.#.#.');
    const { precision, recall } = pointMetrics(series);
    expect(rangeMetrics(series)).toMatchObject({ precision, recall });
  });

  it('takes the mean over the stretches of all series, and joins none', () => {
    const series = [...drawn('.##', '.#.'), ...drawn('##.#', '##..')];
    expect(rangeMetrics(series, { existence: 0 })).toMatchObject({ recall: 0.5, precision: 1 });
  });

  it('leaves out an event of which no row has a score', () => {
    const series = [{ labels: bits('##.##'), flags: bits('...##'), scored: bits('..###') }];
    expect(rangeMetrics(series).recall).toBe(1);
  });

  it.each([
    ['an alarm', '##', '..', { precision: null, recall: 0, f1: 0 }],
    ['an event', '..', '##', { precision: 0, recall: null, f1: 0 }],
    ['both', '..', '..', { precision: null, recall: null, f1: null }],
  ])('is null without %s', (_, labels, flags, expected) => {
    expect(rangeMetrics(drawn(labels, flags))).toEqual(expected);
  });

  it.each<[string, object]>([
    ['existence', { existence: 1.5 }],
    ['cardinality', { cardinality: 'two' }],
    ['recallBias', { recallBias: 'top' }],
    ['precisionBias', { precisionBias: 'top' }],
    ['options', { alpha: 0 }],
  ])('refuses `%s`', (argument, options) => {
    expect(thrownBy(() => rangeMetrics([], options)).details).toMatchObject({ argument });
  });

  it('refuses labels that are not zeros and ones', () => {
    const error = thrownBy(() => rangeMetrics([{ labels: [2], flags: [0] }]));
    expect(error.details).toMatchObject({ argument: 'series[0].labels[0]' });
  });
});
