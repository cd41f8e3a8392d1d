import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { fitThreshold } from './fit-threshold.ts';

const score = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(Number.NaN));
const columns = fc.array(score, { minLength: 1, maxLength: 40 }).filter((all) => !all.every(Number.isNaN));

/** Stretches of scores above `level`, none across `cut`. */
function stretches(scores: readonly number[], level: number, cut: number): number {
  return scores.filter((each, row) => each > level && (row === cut || !(scores[row - 1]! > level))).length;
}

describe("fitThreshold of kind 'budget'", () => {
  it.each([
    [0, 4],
    [0.2, 3],
    [0.3999, 3],
    [0.4, 2],
    [1, 0],
  ])('of a share of %d is the lowest score with no more above it', (share, value) => {
    expect(fitThreshold([3, 1, 4, 2, 0], { kind: 'budget', share })).toEqual({
      format: 'retrace-threshold',
      version: 1,
      kind: 'budget',
      value,
      share,
      rows: 5,
    });
  });
  it('of alarms a day is the lowest score from which on no level raises more', () => {
    fc.assert(
      fc.property(columns, fc.nat(4), fc.nat(40), (scores, allowed, at) => {
        const cut = at % (scores.length + 1);
        const runs = [[0, cut] as const, [cut, scores.length] as const].filter(([from, to]) => to > from);
        const fitted = fitThreshold(scores, { kind: 'budget', alarmsPerDay: allowed / 2, days: 2, runs });
        const candidates = [0, ...new Set(scores.filter((each) => each > 0))].sort((a, b) => b - a);
        let expected = candidates[0]!;
        for (const level of candidates) {
          if (stretches(scores, level, cut) > allowed) break;
          expected = level;
        }
        expect(fitted).toMatchObject({ value: expected, alarmsPerDay: allowed / 2, days: 2 });
      }),
      { numRuns: 1000 },
    );
  });
  it('allows the rows that a share is of, however it is rounded', () => {
    const scores = Array.from({ length: 100 }, (_, row) => row);
    expect(fitThreshold(scores, { kind: 'budget', share: 0.29 })).toMatchObject({ value: 70 });
  });
  it('warns where the calibration is too short for one alarm', () => {
    const warnings: string[] = [];
    const fitted = fitThreshold([1, 5, 2], {
      kind: 'budget',
      alarmsPerDay: 1,
      days: 0.5,
      onWarning: (message) => warnings.push(message),
    });
    expect(fitted).toMatchObject({ value: 5 });
    expect(warnings).toEqual([expect.stringContaining('0.500 days, too few for an alarm at 1 a day')]);
  });
  it.each([
    [{}, 'a budget of either `share` or `alarmsPerDay`'],
    [{ share: 0.1, alarmsPerDay: 1 }, 'a budget of either'],
    [{ share: 2 }, '`share` must be'],
    [{ alarmsPerDay: -1, days: 1 }, '`alarmsPerDay` must be'],
    [{ alarmsPerDay: 1 }, '`days` must be'],
    [{ alarmsPerDay: 1, days: 1, runs: [[0, 1]] }, '`runs` must be'],
  ])('refuses %j', (spec, message) => {
    const error = thrownBy(() =>
      Reflect.apply(fitThreshold, undefined, [[1, 2], { kind: 'budget', ...spec }]),
    );
    expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
    expect(error.message).toContain(message);
  });
});
