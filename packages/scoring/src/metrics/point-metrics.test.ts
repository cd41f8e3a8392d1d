import { describe, expect, it } from 'vitest';
import { readGolden, readGoldenMetrics } from '../../fixtures/golden.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { fitThreshold } from '../alarms/fit-threshold.ts';
import { flagRows } from '../alarms/flag-rows.ts';
import { pointMetrics } from './point-metrics.ts';

describe('pointMetrics', () => {
  it.each(readGolden().rankings)('equals scikit-learn: $name', ({ scores, labels, threshold, points }) => {
    const flags = flagRows(scores, fitThreshold([threshold], { q: 1 }));
    expect(pointMetrics([{ ...flags, labels }])).toEqual({ ...points, unscored: 0 });
  });

  it.each(readGoldenMetrics())('equals the F1 of TSB-AD: $name', ({ labels, scores, at }) => {
    for (const { threshold, flagged, pointF1 } of at) {
      const flags = flagRows(scores, fitThreshold([threshold], { q: 1 }));
      const { tp, fp, f1 } = pointMetrics([{ ...flags, labels }]);
      expect(tp + fp).toBe(flagged);
      // TSB-AD adds 1e-5 to some denominators.
      expect(f1 ?? 0).toBeCloseTo(pointF1, 4);
    }
  });

  it('counts the rows of all series, those without a score apart', () => {
    const series = [
      { flags: [1, 0, 1], labels: [1, 1, 0] },
      { flags: [0, 1], scored: [1, 0], labels: [0, 1] },
    ];
    expect(pointMetrics(series)).toEqual({
      tp: 1,
      fp: 1,
      fn: 1,
      tn: 1,
      unscored: 1,
      precision: 0.5,
      recall: 0.5,
      f1: 0.5,
    });
  });

  it.each([
    ['nothing is flagged', [0, 0], [1, 0], { precision: null, recall: 0, f1: 0 }],
    ['nothing is anomalous', [1, 0], [0, 0], { precision: 0, recall: null, f1: 0 }],
    ['neither', [0, 0], [0, 0], { precision: null, recall: null, f1: null }],
  ])('is null where %s leaves nothing to divide by', (_, flags, labels, expected) => {
    expect(pointMetrics([{ flags, labels }])).toMatchObject(expected);
  });

  it.each([
    ['series[0].flags', { flags: [1], labels: [1, 0] }],
    ['series[0].flags[1]', { flags: [1, 0.5], labels: [1, 0] }],
    ['series[0].labels[0]', { flags: [1, 0], labels: [-1, 0] }],
    ['series[0].scored', { flags: [1, 0], labels: [1, 0], scored: [1] }],
  ])('refuses `%s`', (argument, series) => {
    const error = thrownBy(() => pointMetrics([series]));
    expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
    expect(error.details).toMatchObject({ argument });
  });
});
