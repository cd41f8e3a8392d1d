import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bits } from '../../fixtures/drawn-rows.ts';
import { flagsAbove, readGoldenMetrics } from '../../fixtures/golden.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { pointAdjustedF1 } from './point-adjusted-f1.ts';

const drawn = (labels: string, flags: string) => [{ labels: bits(labels), flags: bits(flags) }];

/** The adjusted F1 as its definition reads: flags first filled up over the events they touch. */
function adjustedF1(labels: string, flags: readonly number[]): number {
  const adjusted = [...flags];
  for (const { index, 0: event } of labels.matchAll(/#+/g)) {
    const end = index + event.length;
    if (flags.slice(index, end).includes(1)) adjusted.fill(1, index, end);
  }
  const hits = adjusted.filter((flag, row) => flag === 1 && labels[row] === '#').length;
  const flagged = adjusted.filter((flag) => flag === 1).length;
  return (2 * hits) / (flagged + bits(labels).filter((bit) => bit === 1).length);
}

describe('pointAdjustedF1', () => {
  const golden = readGoldenMetrics().filter(({ labels }) => labels[0] === 0);
  it.each(golden)('equals TSB-AD: $name', ({ labels, scores, at }) => {
    for (const { threshold, pointAdjustedF1: expected } of at) {
      const { f1 } = pointAdjustedF1([{ labels, flags: flagsAbove(scores, threshold) }]);
      expect(f1).toBeCloseTo(expected, 14);
    }
  });

  it('adjusts the first row of a series too, which TSB-AD leaves out', () => {
    expect(pointAdjustedF1(drawn('###...', '.#....'))).toMatchObject({ precision: 1, recall: 1, f1: 1 });
  });

  it('is the F1 of filled-up flags, beside its mean over all flags of the same rate', () => {
    const drawing = fc.string({ unit: fc.constantFrom('#', '.'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(drawing, fc.nat(), (labels, flagged) => {
        fc.pre(labels.includes('#'));
        const rows = labels.length;
        const flagsOf = (code: number) => Array.from({ length: rows }, (_, row) => (code >> row) & 1);
        const flags = flagsOf(flagged % 2 ** rows);
        const count = flags.filter((flag) => flag === 1).length;
        const rate = count / rows;
        let mean = 0;
        for (let code = 0; code < 2 ** rows; code++) {
          const ones = flagsOf(code).filter((flag) => flag === 1).length;
          mean += rate ** ones * (1 - rate) ** (rows - ones) * adjustedF1(labels, flagsOf(code));
        }
        const actual = pointAdjustedF1([{ labels: bits(labels), flags }]);
        expect(actual.f1).toBeCloseTo(adjustedF1(labels, flags), 14);
        expect(actual.randomF1).toBeCloseTo(mean, 13);
      }),
    );
  });

  it('shows that random flags do well where events are long', () => {
    const labels = Uint8Array.from({ length: 100_000 }, (_, row) => Number(row % 10_000 < 500));
    const flags = Uint8Array.from(labels, (_, row) => Number(row % 100 === 0));
    // All ten events are found by 1 % of the rows with probability 0.99; 950 false rows stand beside 5,000.
    expect(pointAdjustedF1([{ labels, flags }]).randomF1).toBeCloseTo(10_000 / 10_950, 2);
  });

  it('leaves out rows without a score', () => {
    const series = [{ labels: bits('###.'), flags: bits('.#..'), scored: bits('.###') }];
    expect(pointAdjustedF1(series)).toMatchObject({ precision: 1, recall: 1 });
  });

  it.each([
    ['nothing is flagged', [0, 0], [1, 0], { precision: null, recall: 0, f1: 0, randomF1: 0 }],
    ['nothing is anomalous', [1, 0], [0, 0], { precision: 0, recall: null, f1: 0, randomF1: null }],
    ['there is no row', [], [], { precision: null, recall: null, f1: null, randomF1: null }],
  ])('is null where %s leaves nothing to divide by', (_, flags, labels, expected) => {
    expect(pointAdjustedF1([{ flags, labels }])).toEqual(expected);
  });

  it('refuses flags that are not zeros and ones', () => {
    const error = thrownBy(() => pointAdjustedF1([{ labels: [1], flags: [2] }]));
    expect(error.details).toMatchObject({ argument: 'series[0].flags[0]' });
  });
});
