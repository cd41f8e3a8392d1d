import { describe, expect, it } from 'vitest';
import { findAnomalies } from './find-anomalies.ts';
import { fitThreshold } from './fit-threshold.ts';
import { flagAnomalies, flagRows } from './flag-rows.ts';

const threshold = fitThreshold([2], { q: 1 });
const scores = Float64Array.of(3, 2, 2.5, Number.NaN, 0);

describe('flagRows', () => {
  it('flags scores above the threshold and tells which rows have one, and the level of each', () => {
    expect(flagRows(scores, threshold)).toEqual({
      flags: Uint8Array.of(1, 0, 1, 0, 0),
      scored: Uint8Array.of(1, 1, 1, 0, 1),
      thresholds: new Float64Array(5).fill(2),
    });
  });
  it('refuses a score that is no number', () => {
    const wrong = [1, undefined] as unknown as number[];
    expect(() => flagRows(wrong, threshold)).toThrow('`scores[1]` must be a number');
    expect(() => flagAnomalies(wrong, [])).toThrow('`scores[1]` must be a number');
  });
});

describe('flagAnomalies', () => {
  const series = {
    id: 'a',
    features: ['flow'],
    time: Float64Array.of(0, 1, 2, 3, 4),
    scores,
    contributions: scores,
  };
  it('flags what flagRows flags where nothing is merged', () => {
    const { flags, scored } = flagRows(scores, threshold);
    expect(flagAnomalies(scores, findAnomalies(series, threshold))).toEqual({ flags, scored });
  });
  it('flags the rows that an anomaly merged over', () => {
    const anomalies = findAnomalies(series, threshold, { mergeGap: 2 });
    expect(flagAnomalies(scores, anomalies).flags).toEqual(Uint8Array.of(1, 1, 1, 0, 0));
  });
});
