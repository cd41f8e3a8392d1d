import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalScores, someThresholds } from '../../fixtures/some-thresholds.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { type FindAnomaliesOptions, findAnomalies } from './find-anomalies.ts';
import { fitThreshold } from './fit-threshold.ts';
import { flagAnomalies, flagRows } from './flag-rows.ts';
import type { ScoredSeries } from './scored-series.ts';

const threshold = fitThreshold([2], { q: 1 });

/** A series with a row a minute whose scores are all one feature's. */
function scored(scores: number[]): ScoredSeries {
  return {
    id: 'pump-1',
    features: ['flow'],
    time: Float64Array.from(scores, (_, row) => row * 60_000),
    scores: Float64Array.from(scores),
    contributions: Float64Array.from(scores),
  };
}

function rowsFound(scores: number[], options?: FindAnomaliesOptions): number[][] {
  return findAnomalies(scored(scores), threshold, options).map(({ firstRow, lastRow }) => [
    firstRow,
    lastRow,
  ]);
}

describe('findAnomalies', () => {
  it('describes a stretch above the threshold by its times, rows, peak, severity and blame', () => {
    const series = {
      id: 'pump-1',
      features: ['flow', 'current', 'vibration'],
      time: Float64Array.of(0, 10, 20, 30),
      scores: Float64Array.of(1, 3, 5, 2),
      contributions: Float64Array.of(1, 0, 0, 1, 2, 0, 1, 4, 0, 2, 0, 0),
    };
    expect(findAnomalies(series, threshold)).toEqual([
      {
        id: 'pump-1',
        start: 10,
        end: 20,
        firstRow: 1,
        lastRow: 2,
        peak: 5,
        severity: 2.5,
        blame: [
          { feature: 'current', share: 0.75 },
          { feature: 'flow', share: 0.25 },
          { feature: 'vibration', share: 0 },
        ],
      },
    ]);
  });

  it.each<[string, number[], FindAnomaliesOptions, number[][]]>([
    ['nothing where no score exceeds the threshold', [2, 2, Number.NaN], {}, []],
    ['nothing in no rows', [], {}, []],
    [
      'stretches at both ends',
      [3, 0, 3],
      {},
      [
        [0, 0],
        [2, 2],
      ],
    ],
    [
      'stretches split by a row without a score',
      [3, Number.NaN, 3],
      {},
      [
        [0, 0],
        [2, 2],
      ],
    ],
    ['one stretch over a gap of mergeGap', [3, 0, 3], { mergeGap: 120_000 }, [[0, 2]]],
    [
      'two over a gap just longer',
      [3, 0, 3],
      { mergeGap: 119_999 },
      [
        [0, 0],
        [2, 2],
      ],
    ],
    ['only stretches of minRows', [3, 0, 3, 3], { minRows: 2 }, [[2, 3]]],
    [
      'short stretches that merging made long enough',
      [3, 0, 3, 0, 0, 3],
      { minRows: 2, mergeGap: 120_000 },
      [[0, 2]],
    ],
    ['not the rows between when counting minRows', [3, 0, 3], { minRows: 3, mergeGap: 120_000 }, []],
    [
      'two stretches where a run ends',
      [3, 3],
      {
        runs: [
          [0, 1],
          [1, 2],
        ],
      },
      [
        [0, 0],
        [1, 1],
      ],
    ],
    [
      'no merging across runs',
      [3, 0, 3],
      {
        mergeGap: 1e9,
        runs: [
          [0, 2],
          [2, 3],
        ],
      },
      [
        [0, 0],
        [2, 2],
      ],
    ],
    [
      'rows above a lower level after one above the threshold',
      [1.7, 3, 1.7, 1.6, 1.7],
      { release: 0.8 },
      [[1, 2]],
    ],
    [
      'nothing that is above the lower level alone',
      [1.7, 1.9, 0, 3, Number.NaN, 1.9],
      { release: 0.5 },
      [[3, 3]],
    ],
    [
      'stretches made long enough by the lower level',
      [3, 1.9, 1.9, 0, 3],
      { release: 0.9, minRows: 3 },
      [[0, 2]],
    ],
    ['what lies within the tolerance on both sides', [0, 0, 0, 3, 0, 0, 0], { tolerance: 120_000 }, [[1, 5]]],
    ['tolerance up to the ends', [0, 3, 0], { tolerance: 1e9 }, [[0, 2]]],
    [
      'one where tolerances meet',
      [3, 0, 0, 3, 0, 0, 0, 3],
      { tolerance: 90_000 },
      [
        [0, 4],
        [6, 7],
      ],
    ],
    [
      'no tolerance across runs',
      [0, 3, 0],
      {
        tolerance: 60_000,
        runs: [
          [0, 2],
          [2, 3],
        ],
      },
      [[0, 1]],
    ],
    [
      'no tolerance across runs the other way',
      [0, 3, 0],
      {
        tolerance: 60_000,
        runs: [
          [0, 1],
          [1, 3],
        ],
      },
      [[1, 2]],
    ],
    ['minRows without the tolerance', [0, 3, 0], { tolerance: 60_000, minRows: 2 }, []],
  ])('finds %s', (_, scores, options, expected) => {
    expect(rowsFound(scores, options)).toEqual(expected);
  });

  it('covers each row above the threshold once, begins and ends on one, and shares out all blame', () => {
    const scores = fc.array(fc.oneof(fc.double({ min: 0, max: 4, noNaN: true }), fc.constant(Number.NaN)));
    fc.assert(
      fc.property(scores, fc.integer({ min: 0, max: 5 }), (scores, minutes) => {
        const found = findAnomalies(scored(scores), threshold, { mergeGap: minutes * 60_000 });
        const covering = scores.map((_, row) =>
          found.filter((one) => one.firstRow <= row && row <= one.lastRow),
        );
        for (const [row, score] of scores.entries()) {
          expect(covering[row]!.length).toBeLessThanOrEqual(1);
          if (score > 2) expect(covering[row]!.length).toBe(1);
        }
        for (const { firstRow, lastRow, severity, blame } of found) {
          expect(Math.min(scores[firstRow]!, scores[lastRow]!, severity * 2)).toBeGreaterThan(2);
          expect(blame.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  it('measures severity by the threshold of each row, and flags none that was pruned', () => {
    const moving = fitThreshold(normalScores(300, 1), { kind: 'dynamic', window: 200, buffer: 3 });
    const scores = [...normalScores(100, 2)];
    scores[60] = 9;
    const { flags, thresholds } = flagRows(scores, moving);
    const found = findAnomalies(scored(scores), moving);
    const covered = found.flatMap(({ firstRow, lastRow }) =>
      Array.from({ length: lastRow - firstRow + 1 }, (_, k) => firstRow + k),
    );
    expect(covered).toEqual([...flags.keys()].filter((row) => flags[row] === 1));
    const spike = found.find(({ firstRow, lastRow }) => firstRow <= 60 && 60 <= lastRow);
    expect(spike).toMatchObject({ peak: 9, severity: 9 / thresholds[60]! });
  });

  it.each(someThresholds)('finds no other rows than flagRows flags, of kind $kind', (threshold) => {
    const score = fc.oneof(
      { weight: 9, arbitrary: fc.double({ min: 0, max: 3, noNaN: true }) },
      fc.double({ min: 3, max: 30, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(score, { maxLength: 150 }), (scores) => {
        const found = findAnomalies(scored(scores), threshold);
        expect(flagAnomalies(scores, found).flags).toEqual(flagRows(scores, threshold).flags);
      }),
    );
  });

  it('gives the rows of its tolerance no part in peak and blame', () => {
    const [anomaly] = findAnomalies(scored([1, 3, 1.5]), threshold, { tolerance: 60_000 });
    expect(anomaly).toMatchObject({ start: 0, end: 120_000, peak: 3, severity: 1.5 });
  });

  it('has a finite severity above a threshold of 0', () => {
    const [anomaly] = findAnomalies(scored([1]), fitThreshold([0], { q: 1 }));
    expect(anomaly?.severity).toBe(Number.MAX_VALUE);
  });

  it.each([
    ['times of another length', { ...scored([3]), time: new Float64Array(2) }, {}, '`time` must be'],
    [
      'contributions of another length',
      { ...scored([3]), contributions: new Float64Array(2) },
      {},
      '`contributions` must be',
    ],
    [
      'contributions that do not sum to the scores',
      { ...scored([3]), contributions: Float64Array.of(0) },
      {},
      '`contributions` must be',
    ],
    ['a minRows of 0', scored([3]), { minRows: 0 }, '`minRows` must be'],
    ['a negative mergeGap', scored([3]), { mergeGap: -1 }, '`mergeGap` must be'],
    ['a release of 0', scored([3]), { release: 0 }, '`release` must be'],
    ['a release above 1', scored([3]), { release: 1.1 }, '`release` must be'],
    ['a negative tolerance', scored([3]), { tolerance: -1 }, '`tolerance` must be'],
    ['a misspelt option', scored([3]), { mergegap: 1 }, 'Did you mean `mergeGap`?'],
  ])('refuses %s', (_, series, options, message) => {
    const error = thrownBy(() => Reflect.apply(findAnomalies, undefined, [series, threshold, options]));
    expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
    expect(error.message).toContain(message);
  });

  it('refuses what is no fitted threshold', () => {
    const error = thrownBy(() => Reflect.apply(findAnomalies, undefined, [scored([3]), 2]));
    expect(error.code).toBe('RETRACE_THRESHOLD_STATE');
  });
});
