import { describe, expect, it } from 'vitest';
import { bits } from '../../fixtures/drawn-rows.ts';
import { flagsAbove, readGoldenMetrics } from '../../fixtures/golden.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { compositeF1 } from './composite-f1.ts';

describe('compositeF1', () => {
  it.each(readGoldenMetrics())('equals the event-based F1 of TSB-AD: $name', ({ labels, scores, at }) => {
    for (const { threshold, eventF1PA } of at) {
      const { f1 } = compositeF1([{ labels, flags: flagsAbove(scores, threshold) }]);
      // TSB-AD adds 1e-15 to the denominator.
      expect(f1).toBeCloseTo(eventF1PA, 13);
    }
  });

  it('takes precision from rows and recall from events', () => {
    const series = [{ labels: bits('####..##..'), flags: bits('#...#.....') }];
    expect(compositeF1(series)).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
  });

  it('gives flagging everything the precision of the labelled share', () => {
    expect(compositeF1([{ labels: bits('#...'), flags: bits('####') }])).toMatchObject({
      precision: 0.25,
      f1: 0.4,
    });
  });

  it.each([
    ['nothing is flagged', [0, 0], [1, 0], { precision: null, recall: 0, f1: 0 }],
    ['nothing is anomalous', [1, 0], [0, 0], { precision: 0, recall: null, f1: 0 }],
    ['neither', [0], [0], { precision: null, recall: null, f1: null }],
  ])('is null where %s leaves nothing to divide by', (_, flags, labels, expected) => {
    expect(compositeF1([{ flags, labels }])).toEqual(expected);
  });

  it('refuses flags of another length', () => {
    const error = thrownBy(() => compositeF1([{ labels: [0], flags: [] }]));
    expect(error.details).toMatchObject({ argument: 'series[0].flags' });
  });
});
