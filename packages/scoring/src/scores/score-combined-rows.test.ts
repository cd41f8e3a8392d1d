import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { type CombinedScorerState, combinedFeatures } from './combined-scorer-state.ts';
import { scoreCombinedRows } from './score-combined-rows.ts';
import { scoreRows } from './score-rows.ts';
import type { ScorerState } from './scorer-state.ts';

const mae = (...features: string[]): ScorerState => ({
  format: 'retrace-scorer',
  version: 1,
  kind: 'mae',
  features,
});
const combined = (by: 'mean' | 'product', scales = [1, 1]): CombinedScorerState => ({
  format: 'retrace-combined-scorer',
  version: 1,
  kind: 'combined',
  by,
  parts: scales.map((scale) => ({ scale, scorer: mae('flow', 'current') })),
});

const residual = fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.constant(Number.NaN));
const rows = fc.array(fc.tuple(residual, residual, residual, residual), { minLength: 1, maxLength: 8 });
const split = (drawn: readonly (readonly number[])[]) => [
  drawn.flatMap(([a, b]) => [a!, b!]),
  drawn.flatMap(([, , c, d]) => [c!, d!]),
];

describe('scoreCombinedRows', () => {
  it("by 'mean' averages the scores over their scales, and adds what each feature gave", () => {
    // Scores 3 / 1 and 8 / 2.
    expect(
      scoreCombinedRows(
        [
          [2, 4],
          [16, 0],
        ],
        combined('mean', [1, 2]),
      ),
    ).toEqual({
      scores: Float64Array.of(3.5),
      contributions: Float64Array.of(2.5, 1),
    });
  });

  it("by 'product' is the geometric mean of the scores plus 1, minus 1", () => {
    const { scores, contributions } = scoreCombinedRows(
      [
        [2, 4],
        [16, 14],
      ],
      combined('product'),
    );
    expectClose(scores, [Math.sqrt(4 * 16) - 1]);
    expectClose(contributions, [(7 * 9) / 18, (7 * 9) / 18]);
  });

  it("by 'product' ranks rows as the product of the scores plus 1 of Wong et al. does, and 0 silences no part", () => {
    const first = [0, 1, 5, 2, 9];
    const second = [8, 1, 0, 3, 9];
    const part = { scale: 1, scorer: mae('flow') };
    const { scores } = scoreCombinedRows([first, second], { ...combined('product'), parts: [part, part] });
    const products = first.map((value, row) => (1 + value) * (1 + second[row]!));
    const order = (values: ArrayLike<number>) => [0, 1, 2, 3, 4].sort((a, b) => values[a]! - values[b]!);
    expect(order(scores)).toEqual(order(products));
    expect(Math.min(...scores)).toBeGreaterThan(0);
  });

  it.each(['mean', 'product'] as const)("by '%s' scores a row by the parts that have a score of it", (by) => {
    const nan = Number.NaN;
    const { scores, contributions } = scoreCombinedRows(
      [
        [2, 4, nan, nan],
        [nan, nan, nan, nan],
      ],
      combined(by),
    );
    expectClose(scores, [3, nan]);
    expectClose(contributions, [1, 2, nan, nan]);
  });

  it('gives parts of other features columns of their own', () => {
    const state = {
      ...combined('mean'),
      parts: [mae('flow', 'current'), mae('latent/0')].map((scorer) => ({ scale: 1, scorer })),
    };
    expect(combinedFeatures(state)).toEqual(['flow', 'current', 'latent/0']);
    expect(scoreCombinedRows([[2, 4], [7]], state).contributions).toEqual(Float64Array.of(0.5, 1, 3.5));
  });

  it.each(['mean', 'product'] as const)(
    "by '%s' gives contributions of at least 0 that sum to the score, permuted as the features are",
    (by) => {
      const state = combined(by, [0.5, 3]);
      fc.assert(
        fc.property(rows, (drawn) => {
          const parts = split(drawn);
          const { scores, contributions } = scoreCombinedRows(parts, state);
          const swapped = scoreCombinedRows(split(drawn.map(([a, b, c, d]) => [b, a, d, c])), state);
          for (const [row, score] of scores.entries()) {
            const [flow, current] = contributions.subarray(row * 2);
            expect(score).toBe(flow! + current!);
            if (!Number.isNaN(score)) expect(Math.min(flow!, current!)).toBeGreaterThanOrEqual(0);
            expectClose(swapped.contributions.subarray(row * 2, row * 2 + 2), [current!, flow!]);
          }
        }),
      );
    },
  );

  it('is between the scores of its parts, each over its scale', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const parts = split(drawn);
        const [a, b] = parts.map((part) => scoreRows(part, mae('flow', 'current')).scores);
        for (const by of ['mean', 'product'] as const) {
          const { scores } = scoreCombinedRows(parts, combined(by));
          for (const [row, score] of scores.entries()) {
            if (Number.isNaN(a![row]! + b![row]!)) continue;
            const slack = 1e-9 * (1 + score);
            expect(score).toBeGreaterThanOrEqual(Math.min(a![row]!, b![row]!) - slack);
            expect(score).toBeLessThanOrEqual(Math.max(a![row]!, b![row]!) + slack);
          }
        }
      }),
    );
  });

  it('is finite for the largest residuals and the least scales', () => {
    const { scores } = scoreCombinedRows(
      [
        [1e100, 1e100],
        [1e100, 1e100],
      ],
      combined('product', [1e-60, 1e-60]),
    );
    expect(scores[0]).toBeLessThan(Infinity);
  });

  it.each([
    ['one part too few', [[1, 2]], '`residuals` must be an array with the residuals of each of 2 parts'],
    [
      'parts of other rows',
      [
        [1, 2],
        [1, 2, 3, 4],
      ],
      '`residuals[1]` must be those of 1 rows',
    ],
  ])('refuses %s', (_, parts, message) => {
    const error = thrownBy(() => scoreCombinedRows(parts as number[][], combined('mean')));
    expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
    expect(error.message).toContain(message);
  });
});
