import type { DetectorScores, RowScorer } from '@retrace/detector';
import { averagePrecision } from '@retrace/scoring';
import { describe, expect, it } from 'vitest';
import { figuresOf, type JudgedSeries } from './method-figures.ts';

const threshold = { format: 'retrace-threshold', version: 1, kind: 'quantile', q: 0.99, value: 1, rows: 100 };
const state = { windows: { lookback: 4 }, threshold } as unknown as RowScorer['state'];

/** 100 rows a minute apart, of which 40 to 49 are labelled and `alarms` were found. */
function judged({ from = Date.UTC(2026, 0, 1), alarms = [[42, 47]] as number[][], labels = true } = {}) {
  const rows = Array.from({ length: 100 }, (_, row) => row);
  const time = Float64Array.from(rows, (row) => from + row * 60_000);
  const scores = Float64Array.from(rows, (row) =>
    alarms.some(([a, b]) => row >= a! && row <= b!) ? 2 : 0.5,
  );
  const event = Uint8Array.from(rows, (row) => Number(row >= 40 && row < 50));
  return {
    series: { id: 'a', features: ['x'], time, values: scores, ...(labels && { labels: event }) },
    scores: { scores } as DetectorScores,
    anomalies: alarms.map(([firstRow, lastRow]) => ({ firstRow, lastRow })),
  } as unknown as JudgedSeries;
}

describe('figuresOf', () => {
  it('measures delay in time, and false alarms by the days of normal rows', () => {
    const alarms = [
      [42, 47],
      [80, 80],
    ];
    const figures = figuresOf('network', [judged({ alarms })], state)!;
    expect(figures.delay).toEqual({ found: 1, missed: 0, mean: 120_000, median: 120_000 });
    // The last row has no next one: 89 minutes are normal.
    expect(figures.falseAlarmsPerDay).toBeCloseTo(1440 / 89, 10);
    expect(figures.evaluation.points).toMatchObject({ tp: 6, fp: 1, fn: 4 });
    expect(figures.evaluation.events).toMatchObject({ tp: 1, fp: 1, precision: 0.5 });
    expect(figures.range).toMatchObject({ precision: 0.5, recall: 0.2 + 0.8 * 0.6 });
  });

  it('takes for alarms the anomalies found, not the rows above the threshold', () => {
    const { series, scores } = judged();
    const wide = { series, scores, anomalies: [{ firstRow: 40, lastRow: 49 }] } as unknown as JudgedSeries;
    const { evaluation, delay } = figuresOf('network', [wide], state)!;
    expect(evaluation).toMatchObject({ points: { precision: 1, recall: 1 }, alarmShare: 0.1 });
    expect(delay.median).toBe(0);
    expect(evaluation.averagePrecision).toBeLessThan(1);
  });

  it('counts no days where the times are a counter', () => {
    const figures = figuresOf('network', [judged({ from: 0 })], state)!;
    expect(figures.delay.median).toBe(120_000);
    expect(figures).not.toHaveProperty('falseAlarmsPerDay');
  });

  it('tells how sure the average precision is where there are five series', () => {
    const five = [10, 40, 41, 42, 43].map((first) => judged({ alarms: [[first, first + 5]] }));
    const { evaluation, interval } = figuresOf('network', five, state)!;
    expect(interval!.estimate).toBeCloseTo(evaluation.averagePrecision!, 12);
    expect(interval!.low).toBeLessThan(evaluation.averagePrecision!);
    // No draw is better than five times a series whose alarm is in its event.
    const best = averagePrecision([{ scores: five[1]!.scores.scores, labels: five[1]!.series.labels! }])!;
    expect(interval!.high).toBeGreaterThan(evaluation.averagePrecision!);
    expect(interval!.high).toBeLessThanOrEqual(best);
    expect(figuresOf('network', five.slice(1), state)).not.toHaveProperty('interval');
  });

  it('is undefined where no series has labels', () => {
    expect(figuresOf('network', [judged({ labels: false })], state)).toBeUndefined();
  });
});
