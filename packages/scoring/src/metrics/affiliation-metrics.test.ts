import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bits } from '../../fixtures/drawn-rows.ts';
import { flagsAbove, readGoldenMetrics } from '../../fixtures/golden.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { affiliationMetrics } from './affiliation-metrics.ts';

const drawn = (labels: string, flags: string) => [{ labels: bits(labels), flags: bits(flags) }];

type Interval = readonly [from: number, to: number];

const spans = (drawing: string): Interval[] =>
  [...drawing.matchAll(/#+/g)].map(({ index, 0: text }) => [index, index + text.length]);

const distance = (x: number, intervals: readonly Interval[]) =>
  Math.min(...intervals.map(([from, to]) => Math.max(from - x, x - to, 0)));

/** The midpoints of cells of 1/8. All kinks of the integrands lie on their edges, so that the midpoint rule is exact. */
function midpoints(intervals: readonly Interval[]): number[] {
  return intervals.flatMap(([from, to]) =>
    Array.from({ length: (to - from) * 8 }, (_, cell) => from + (cell + 0.5) / 8),
  );
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** The probabilities of the paper, as its integrals are written, of each zone. */
function byDefinition(labels: string, flags: string) {
  const events = spans(labels);
  const zones = events.map(([from, to], j) => {
    const left = j === 0 ? 0 : (events[j - 1]![1] + from) / 2;
    const right = j + 1 === events.length ? labels.length : (to + events[j + 1]![0]) / 2;
    const alarms = spans(flags)
      .map(([a, b]): Interval => [Math.max(a, left), Math.min(b, right)])
      .filter(([a, b]) => a < b);
    /** P(X outside of (from, to)), X uniform over the zone. */
    const outside = (from: number, to: number) =>
      (Math.max(from - left, 0) + Math.max(right - to, 0)) / (right - left);
    const precision = midpoints(alarms).map((x) => {
      const d = distance(x, [[from, to]]);
      return d === 0 ? 1 : outside(from - d, to + d);
    });
    const recall = midpoints([[from, to]]).map((y) => {
      if (alarms.length === 0) return 0;
      const d = distance(y, alarms);
      return outside(y - d, y + d);
    });
    return { precision: mean(precision), recall: mean(recall)! };
  });
  return {
    precision: mean(zones.map((zone) => zone.precision).filter((value) => value !== null)),
    recall: mean(zones.map((zone) => zone.recall)),
  };
}

describe('affiliationMetrics', () => {
  it.each(readGoldenMetrics())('equals the code of its authors: $name', ({ labels, scores, at }) => {
    for (const { threshold, affiliationPrecision, affiliationRecall } of at) {
      const { precision, recall } = affiliationMetrics([{ labels, flags: flagsAbove(scores, threshold) }]);
      expect(precision).toBeCloseTo(affiliationPrecision, 13);
      expect(recall).toBeCloseTo(affiliationRecall, 13);
    }
  });

  it('gives the zone of the paper’s example its published probabilities', () => {
    // Minutes 30 to 120 of it: an event from 50 to 70, alarms from 40 to 60 and from 115 on.
    const draw = (...stretches: Interval[]) =>
      Uint8Array.from({ length: 90 }, (_, row) =>
        Number(stretches.some(([a, b]) => row + 30 >= a && row + 30 < b)),
      );
    const series = [{ labels: draw([50, 70]), flags: draw([40, 60], [115, 120]) }];
    const { precision, recall } = affiliationMetrics(series);
    expect(precision).toBeCloseTo(0.672222222, 9);
    expect(recall).toBeCloseTo(0.944444444, 9);
  });

  it('equals the integrals of the definition, whatever is drawn', () => {
    const drawing = fc.string({ unit: fc.constantFrom('#', '.', '.'), minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(drawing, drawing, (labels, flags) => {
        const expected = byDefinition(labels, flags);
        const actual = affiliationMetrics(drawn(labels, flags));
        for (const key of ['precision', 'recall'] as const) {
          if (expected[key] === null) expect(actual[key]).toBeNull();
          else expect(actual[key]).toBeCloseTo(expected[key], 12);
        }
      }),
    );
  });

  it.each([
    ['the alarm is the event', '..##....', '..##....', 1, 1],
    ['the alarm is a part of it', '..##....', '..#.....', 1, 15 / 16],
    ['everything is flagged', '...##...', '########', (2 + 9 / 4) / 8, 1],
  ])('is as it should be where %s', (_, labels, flags, precision, recall) => {
    const found = affiliationMetrics(drawn(labels, flags));
    expect(found.precision).toBeCloseTo(precision, 15);
    expect(found.recall).toBeCloseTo(recall, 15);
  });

  it('takes the mean over the events of all series, precision where a zone has an alarm', () => {
    const series = [...drawn('..##....', '..##....'), ...drawn('..##....', '........')];
    expect(affiliationMetrics(series)).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3 });
  });

  it('leaves out an event of which no row has a score, but not its zone', () => {
    const [one] = drawn('##......##', '........##');
    expect(affiliationMetrics([one!])).toMatchObject({ recall: 0.5 });
    expect(affiliationMetrics([{ ...one!, scored: bits('..########') }])).toMatchObject({ recall: 1 });
  });

  it.each([
    ['an alarm', '##', '..', { precision: null, recall: 0, f1: 0 }],
    ['an event', '..', '##', { precision: null, recall: null, f1: null }],
  ])('is null without %s', (_, labels, flags, expected) => {
    expect(affiliationMetrics(drawn(labels, flags))).toEqual(expected);
  });

  it('refuses flags that are not zeros and ones', () => {
    const error = thrownBy(() => affiliationMetrics([{ labels: [1], flags: [2] }]));
    expect(error.details).toMatchObject({ argument: 'series[0].flags[0]' });
  });
});
