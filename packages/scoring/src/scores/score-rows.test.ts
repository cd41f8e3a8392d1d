import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGolden } from '../../fixtures/golden.ts';
import { readGoldenScores } from '../../fixtures/golden-scores.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { fitScorer } from './fit-scorer.ts';
import { scoreRows } from './score-rows.ts';
import { type ScorerState, scorerKinds } from './scorer-state.ts';

const features = ['flow', 'current'];
const head = { format: 'retrace-scorer', version: 1, features } as const;

describe('scoreRows', () => {
  it('of kind mae is the mean magnitude, blamed by magnitude', () => {
    expect(scoreRows([3, -1, Number.NaN, 4], { ...head, kind: 'mae' })).toEqual({
      scores: Float64Array.of(2, 4),
      contributions: Float64Array.of(1.5, 0.5, 0, 4),
    });
  });

  it('refuses a scorer that would make scores of NaN', () => {
    const state: ScorerState = { ...head, kind: 'standardised', center: [1, 0], spread: [2, 0] };
    expect(thrownBy(() => scoreRows([5, 1], state)).code).toBe('RETRACE_SCORER_STATE');
  });

  it('of kind mse is the mean square, blamed by square', () => {
    expect(scoreRows([3, -1], { ...head, kind: 'mse' })).toEqual({
      scores: Float64Array.of(5),
      contributions: Float64Array.of(4.5, 0.5),
    });
  });

  it('of kind standardised measures by centre and spread', () => {
    const state: ScorerState = { ...head, kind: 'standardised', center: [1, 0], spread: [2, 0.5] };
    expect(scoreRows([5, 1], state)).toEqual({
      scores: Float64Array.of(4),
      contributions: Float64Array.of(2, 2),
    });
  });

  it('of kind standardised counts a residual as no more spreads than clip, on either side', () => {
    const state: ScorerState = { ...head, kind: 'standardised', center: [1, 0], spread: [2, 0.5], clip: 3 };
    expect(scoreRows([101, 1, -99, -1], state)).toEqual({
      scores: Float64Array.of(6.5, 6.5),
      contributions: Float64Array.of(4.5, 2, 4.5, 2),
    });
  });

  it.each(readGolden().gaussians)(
    'of kind gaussian is the squared Mahalanobis distance over the features, blamed by corr-max: $name',
    ({ features, calibration, scored, distance, contributions }) => {
      const names = Array.from({ length: features }, (_, k) => `f${k}`);
      const found = scoreRows(scored, fitScorer(calibration, { features: names, kind: 'gaussian' }));
      expectClose(
        found.scores,
        distance.map((value) => value / features),
      );
      expectClose(found.contributions, contributions);
    },
  );

  it("of kind gaussian with magnitudes is Malhotra's distance of |x − x'|", () => {
    const { calibration, scored, magnitudes } = readGoldenScores();
    const state = fitScorer(calibration, { features, kind: 'gaussian', magnitudes: true });
    expectClose(scoreRows(scored, state).scores, magnitudes);
  });

  it('of kind gaussian leaves a missing feature out of the distance', () => {
    const correlation = [1, 0.5, 0.2, 0.5, 1, 0.3, 0.2, 0.3, 1];
    const common = { ...head, kind: 'gaussian', shrinkage: 0 } as const;
    const three = { ...common, features: ['a', 'b', 'c'], center: [0, 0, 0], spread: [1, 1, 1], correlation };
    const two = { ...common, center: [0, 0], spread: [1, 1], correlation: [1, 0.2, 0.2, 1] };
    const found = scoreRows([1, Number.NaN, 2], three);
    const expected = scoreRows([1, 2], two);
    expectClose(found.scores, expected.scores);
    expectClose(found.contributions, [expected.contributions[0]!, 0, expected.contributions[1]!]);
  });

  it('of kind gaussian stays finite where the calibration residuals always move together', () => {
    const together = Array.from({ length: 4000 }, (_, cell) => Math.sin(Math.floor(cell / 2)));
    const state = fitScorer(together, { features, kind: 'gaussian' });
    const { scores } = scoreRows([1, 1, 1, -1], state);
    expect(scores[1]).toBeLessThan(Infinity);
    expect(scores[1]).toBeGreaterThan(100 * scores[0]!);
  });

  it('averages 1 over the rows a standardised or gaussian scorer was fitted on, without shrinkage', () => {
    const values = Array.from(
      { length: 60 },
      (_, cell) => Math.sin(cell ** 2) + Math.sin(Math.floor(cell / 2)),
    );
    const standardised = fitScorer(values, { features });
    const gaussian = fitScorer(values, { features, kind: 'gaussian' });
    if (gaussian.kind !== 'gaussian') return expect.fail();
    const sample = gaussian.correlation.map((r, k) =>
      k === 0 || k === 3 ? 1 : r / (1 - gaussian.shrinkage),
    );
    for (const state of [standardised, { ...gaussian, correlation: sample }]) {
      const { scores } = scoreRows(values, state);
      expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeCloseTo(1, 10);
    }
  });

  const smoothings = [
    { kind: 'ewma', halfLife: 2 },
    { kind: 'median', rows: 3 },
  ] as const;
  const cases = scorerKinds.flatMap((kind) => smoothings.map((smoothing) => [kind, smoothing] as const));
  it.each(cases)(
    'of kind %s, smoothed by %o, gives contributions of at least 0 that sum to the score',
    (kind, smoothing) => {
      const cell = fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.constant(Number.NaN));
      const state = fitScorer(
        Array.from({ length: 30 }, (_, k) => Math.sin(k ** 2)),
        { features: ['a', 'b', 'c'], kind, smoothing },
      );
      fc.assert(
        fc.property(fc.array(fc.tuple(cell, cell, cell)), (rows) => {
          const { scores, contributions } = scoreRows(rows.flat(), state);
          for (const [row, cells] of rows.entries()) {
            const shares = contributions.slice(row * 3, row * 3 + 3);
            if (cells.every(Number.isNaN)) {
              expect([scores[row], ...shares]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
            } else {
              expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
              expect(scores[row]).toBe(shares[0]! + shares[1]! + shares[2]!);
            }
          }
        }),
      );
    },
  );

  const drawn = fc.array(fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -9, max: 9, noNaN: true }))), {
    minLength: 1,
    maxLength: 6,
  });
  const calibration = Array.from(
    { length: 90 },
    (_, k) => Math.sin((k + 1) ** 2) + Math.sin(Math.floor(k / 3)),
  );
  const scored = (kind: ScorerState['kind'], change: (cells: readonly number[]) => readonly number[]) => {
    const rows = Array.from({ length: 30 }, (_, row) => calibration.slice(row * 3, row * 3 + 3));
    const state = fitScorer(rows.flatMap(change), { features: ['a', 'b', 'c'], kind });
    return (cells: readonly (readonly number[])[]) => scoreRows(cells.flatMap(change), state);
  };

  it.each(scorerKinds)('of kind %s permutes the contributions as the features are permuted', (kind) => {
    const plain = scored(kind, (cells) => cells);
    const turned = scored(kind, ([a, b, c]) => [c!, a!, b!]);
    fc.assert(
      fc.property(drawn, (rows) => {
        const { scores, contributions } = plain(rows);
        const permuted = turned(rows);
        expectClose(permuted.scores, [...scores], 1e-8);
        const expected = rows.flatMap((_, row) => [2, 0, 1].map((k) => contributions[row * 3 + k]!));
        expectClose(permuted.contributions, expected, 1e-8);
      }),
    );
  });

  it.each(['standardised', 'gaussian', 'quantile'] as const)(
    'of kind %s does not change with the units of the features',
    (kind) => {
      const plain = scored(kind, (cells) => cells);
      const other = scored(kind, ([a, b, c]) => [7 * a!, 0.5 * b! + 3, c! - 100]);
      fc.assert(fc.property(drawn, (rows) => expectClose(other(rows).scores, [...plain(rows).scores], 1e-7)));
    },
  );

  it('scores a row the same whatever comes after it', () => {
    const state = fitScorer([1, 2, 3, 5, 2, 2], { features, smoothing: { kind: 'ewma', halfLife: 2 } });
    const values = [1, 2, 9, 9, 3, 1, Number.NaN, Number.NaN, 5, 5];
    const { scores } = scoreRows(values, state);
    for (let rows = 0; rows <= 5; rows++) {
      expect(scoreRows(values.slice(0, rows * 2), state).scores).toEqual(scores.slice(0, rows));
    }
  });

  it('smooths within runs', () => {
    const state: ScorerState = {
      ...head,
      features: ['flow'],
      kind: 'mae',
      smoothing: { kind: 'ewma', halfLife: 1 },
    };
    const first = scoreRows([4, 1], state).scores;
    const { scores } = scoreRows([4, 1, 4, 1], state, {
      runs: [
        [0, 2],
        [2, 4],
      ],
    });
    expect(scores).toEqual(Float64Array.of(...first, ...first));
    expect(first).toEqual(Float64Array.of(4, 2));
  });

  it('does not score what was not observed', () => {
    const { scores } = scoreRows([3, 1, 3, 1], { ...head, kind: 'mae' }, { observed: [0, 0, 0, 1] });
    expect(scores).toEqual(Float64Array.of(Number.NaN, 1));
  });

  it('is finite for the largest residuals', () => {
    const state = fitScorer([0, 0, 0, 0], { features, kind: 'gaussian' });
    expect(scoreRows([1e100, -1e100], state).scores[0]).toBeLessThan(Infinity);
  });

  it('scores no rows', () => {
    expect(scoreRows([], { ...head, kind: 'mae' }).scores).toEqual(new Float64Array(0));
  });

  it('refuses a misspelt option', () => {
    const state = { ...head, kind: 'mae' };
    const error = thrownBy(() => Reflect.apply(scoreRows, undefined, [[1, 1], state, { run: [] }]));
    expect(error.message).toContain('Did you mean `runs`?');
  });

  it.each([
    [
      'runs with a hole',
      [
        [0, 1],
        [2, 3],
      ],
      '`runs[1]` must be [1, to)',
    ],
    ['runs that end early', [[0, 2]], 'Row 2 and those after it are in none'],
    ['a run past the end', [[0, 4]], '`runs[0]` must be'],
    [
      'an empty run',
      [
        [0, 0],
        [0, 3],
      ],
      '`runs[0]` must be',
    ],
  ])('refuses %s', (_, runs, message) => {
    const error = thrownBy(() =>
      scoreRows([1, 1, 1, 1, 1, 1], { ...head, kind: 'mae' }, { runs: runs as [number, number][] }),
    );
    expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
    expect(error.message).toContain(message);
  });
});
