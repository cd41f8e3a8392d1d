import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGoldenMetrics } from '../../fixtures/golden.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { averagePrecision } from './average-precision.ts';
import type { LabelledScores } from './labelled-rows.ts';
import { rangeAuc } from './range-auc.ts';
import { rocAuc } from './roc-auc.ts';
import { volumeUnderSurface } from './volume-under-surface.ts';

/** R-AUC as its definition reads, with a pass over all rows for each threshold. */
function byDefinition(series: readonly LabelledScores[], window: number, thresholds: number) {
  const half = Math.floor(window / 2);
  const rows = series
    .flatMap(({ scores, labels }, s) => {
      const labelled = Array.from(labels).flatMap((label, row) => (label === 1 ? [row] : []));
      const starts = labelled.filter((row) => labels[row - 1] !== 1);
      const ends = labelled.filter((row) => labels[row + 1] !== 1);
      const reachOf = (row: number) =>
        starts.findIndex((start, k) => row >= start - half && row <= ends[k]! + half);
      return Array.from(scores, (score, row) => {
        const distances = starts.map((start, k) => Math.max(start - row, row - ends[k]!));
        const soft = distances
          .filter((d) => d > 0 && d <= half)
          .reduce((sum, d) => sum + Math.sqrt(1 - d / window), 0);
        // The first event of those whose reaches meet.
        let event = reachOf(row);
        while (event > 0 && ends[event - 1]! + half >= starts[event]! - half) event--;
        return {
          score,
          label: labels[row]!,
          soft: Math.min(soft, 1),
          event: event < 0 ? null : `${s}|${event}`,
        };
      });
    })
    .filter(({ score }) => !Number.isNaN(score));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const descending = rows.map(({ score }) => score).sort((a, b) => b - a);
  const positives = sum(rows.map(({ label }) => label));
  const events = new Set(rows.map(({ event }) => event).filter((event) => event !== null)).size;
  const points = Array.from({ length: thresholds }, (_, k) => {
    const threshold = descending[Math.floor((k * (rows.length - 1)) / (thresholds - 1) + 1e-9)]!;
    const flagged = rows.filter(({ score }) => score >= threshold);
    const beyond = sum(flagged.map(({ label, soft }) => (label === 1 ? 0 : soft)));
    const tp = sum(flagged.map(({ label }) => label)) + beyond;
    const found = new Set(flagged.map(({ event }) => event).filter((event) => event !== null)).size;
    const extended = (positives + positives + beyond) / 2;
    return {
      tpr: (Math.min(tp / extended, 1) * found) / events,
      fpr: (flagged.length - tp) / (rows.length - extended),
      precision: tp / flagged.length,
    };
  });
  const curve = [{ tpr: 0, fpr: 0, precision: 1 }, ...points, { tpr: 1, fpr: 1, precision: 0 }];
  return {
    roc: sum(curve.slice(1).map(({ tpr, fpr }, k) => ((fpr - curve[k]!.fpr) * (tpr + curve[k]!.tpr)) / 2)),
    pr: sum(points.map(({ tpr, precision }, k) => (tpr - curve[k]!.tpr) * precision)),
  };
}

const oneSeries = fc
  .array(
    fc.record({
      score: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 12 }) }, fc.constant(Number.NaN)),
      label: fc.constantFrom(0, 0, 0, 1),
    }),
    { maxLength: 30 },
  )
  .map((rows) => ({ scores: rows.map(({ score }) => score), labels: rows.map(({ label }) => label) }));

describe('rangeAuc', () => {
  it('equals its definition, threshold by threshold, over several series', () => {
    fc.assert(
      fc.property(
        fc.array(oneSeries, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 14 }),
        fc.integer({ min: 2, max: 9 }),
        (series, window, thresholds) => {
          const actual = rangeAuc(series, { window, thresholds });
          if (rocAuc(series) === null) {
            expect(actual).toEqual({ roc: null, pr: null });
            return;
          }
          const expected = byDefinition(series, window, thresholds);
          expect(actual.roc).toBeCloseTo(expected.roc, 12);
          expect(actual.pr).toBeCloseTo(expected.pr, 12);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is ROC-AUC and average precision where one event reaches nowhere and every score is a threshold', () => {
    const scores = Array.from({ length: 60 }, (_, row) => Math.sin(row ** 2));
    const labels = scores.map((_, row) => Number(row >= 20 && row < 31));
    const { roc, pr } = rangeAuc([{ scores, labels }], { window: 0, thresholds: 60 });
    expect(roc).toBeCloseTo(rocAuc([{ scores, labels }])!, 14);
    expect(pr).toBeCloseTo(averagePrecision([{ scores, labels }])!, 14);
  });

  it('lets no event reach into another series', () => {
    const event = { scores: [0, 1], labels: [0, 1] };
    const after = { scores: [1, 0], labels: [0, 0] };
    const apart = rangeAuc([event, after], { window: 4 });
    expect(apart).toEqual(rangeAuc([after, event], { window: 4 }));
    const joined = { scores: [0, 1, 1, 0], labels: [0, 1, 0, 0] };
    expect(rangeAuc([joined], { window: 4 }).roc).toBeGreaterThan(apart.roc!);
  });

  it.each<[string, object]>([
    ['window', { window: -1 }],
    ['window', {}],
    ['window', { window: 2 ** 40 }],
    ['thresholds', { window: 3, thresholds: 1 }],
    ['options', { window: 3, theshold: 1 }],
  ])('refuses `%s` of %o', (argument, options) => {
    expect(thrownBy(() => rangeAuc([], options as { window: number })).details).toMatchObject({ argument });
  });

  it.each([
    ['series[0].scores[0]', { scores: ['1'], labels: [0] }],
    ['series[0].labels', { scores: [1], labels: [] }],
    ['series[0].labels[0]', { scores: [1], labels: [3] }],
  ])('refuses `%s`', (argument, series) => {
    const error = thrownBy(() => rangeAuc([series as LabelledScores], { window: 2 }));
    expect(error.details).toMatchObject({ argument });
  });
});

describe('volumeUnderSurface', () => {
  it.each(readGoldenMetrics())('equals TSB-AD: $name', ({ labels, scores, vus }) => {
    for (const [window, expected] of Object.entries(vus)) {
      const { roc, pr } = volumeUnderSurface([{ labels, scores }], { window: Number(window) });
      expect(roc).toBeCloseTo(expected.roc, 12);
      expect(pr).toBeCloseTo(expected.pr, 12);
    }
  });

  it('is the mean of R-AUC over the windows', () => {
    const { labels, scores } = readGoldenMetrics()[2]!;
    const areas = Array.from({ length: 8 }, (_, window) => rangeAuc([{ labels, scores }], { window }));
    const { roc, pr } = volumeUnderSurface([{ labels, scores }], { window: 7 });
    expect(roc).toBeCloseTo(areas.reduce((sum, area) => sum + area.roc!, 0) / 8, 13);
    expect(pr).toBeCloseTo(areas.reduce((sum, area) => sum + area.pr!, 0) / 8, 13);
  });

  it.each([[[0, 0]], [[1, 1]], [[]]])('is null for the labels %j', (labels) => {
    expect(volumeUnderSurface([{ labels, scores: labels }], { window: 2 })).toEqual({ roc: null, pr: null });
  });

  it('takes seconds, not hours, for a hundred thousand rows', () => {
    const scores = Float64Array.from({ length: 100_000 }, (_, row) => Math.sin(row ** 2));
    const labels = Uint8Array.from(scores, (_, row) => Number(row % 1000 < 30));
    const start = performance.now();
    const { roc } = volumeUnderSurface([{ scores, labels }], { window: 200 });
    expect(roc).toBeGreaterThan(0.5);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
