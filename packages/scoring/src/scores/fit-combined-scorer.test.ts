import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { checkCombinedScorerState } from './combined-scorer-state.ts';
import { fitCombinedScorer } from './fit-combined-scorer.ts';
import { fitScorer } from './fit-scorer.ts';
import { scoreCombinedRows } from './score-combined-rows.ts';
import { scoreRows } from './score-rows.ts';

const features = ['flow', 'current'];
const first = Array.from({ length: 40 }, (_, k) => Math.sin(k ** 2));
const second = first.map((value, k) => 100 * (value + Math.cos(k)));
const part = (residuals: readonly number[]) => {
  const scorer = fitScorer(residuals, { features, kind: 'mae' });
  return { scorer, scores: scoreRows(residuals, scorer).scores };
};
const parts = [part(first), part(second)];

describe('fitCombinedScorer', () => {
  it("is by 'product' and divides each part by its mean score where there is one", () => {
    const scores = [...parts[0]!.scores, Number.NaN];
    const state = fitCombinedScorer([{ ...parts[0]!, scores }, parts[1]!]);
    expect(state.by).toBe('product');
    const means = [first, second].map((r) => r.reduce((sum, value) => sum + Math.abs(value), 0) / r.length);
    expectClose(
      state.parts.map(({ scale }) => scale),
      means,
    );
  });

  it("by 'mean' averages 1 over the calibration rows, whatever the units of the parts", () => {
    const state = fitCombinedScorer(parts, { by: 'mean' });
    const { scores } = scoreCombinedRows([first, second], state);
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeCloseTo(1, 10);
  });

  it('gives scores that do not change with the scale of one part', () => {
    const times = (by: number) => second.map((value) => value * by);
    const scored = [1, 7].map((by) =>
      scoreCombinedRows([first, times(by)], fitCombinedScorer([parts[0]!, part(times(by))])),
    );
    expectClose(scored[1]!.scores, scored[0]!.scores as unknown as number[]);
  });

  it('of a part that is 0 in every calibration row still gives finite scores', () => {
    const zero = part(first.map(() => 0));
    const state = fitCombinedScorer([zero, parts[1]!]);
    expect(
      scoreCombinedRows(
        [
          [0, 0],
          [1, 1],
        ],
        state,
      ).scores[0],
    ).toBeLessThan(Infinity);
  });

  it('survives JSON', () => {
    const state = fitCombinedScorer(parts);
    expect(checkCombinedScorerState(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  it('refuses a part without a calibration score', () => {
    const error = thrownBy(() => fitCombinedScorer([parts[0]!, { ...parts[1]!, scores: [Number.NaN] }]));
    expect(error.code).toBe('RETRACE_TOO_FEW_ROWS');
    expect(error.details).toMatchObject({ argument: 'parts[1].scores' });
  });

  it.each([
    ['one part', [parts[0]], {}, '`parts` must be an array of at least two'],
    ['a negative score', [parts[0], { ...parts[1], scores: [-1] }], {}, '`parts[1].scores` must be finite'],
    ['an unknown combination', parts, { by: 'sum' }, '`by` must be one of'],
    ['a misspelt option', parts, { bye: 'mean' }, 'Did you mean `by`?'],
  ])('refuses %s', (_, wrong, options, message) => {
    const error = thrownBy(() => Reflect.apply(fitCombinedScorer, undefined, [wrong, options]));
    expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
    expect(error.message).toContain(message);
  });
});

describe('checkCombinedScorerState', () => {
  const state = fitCombinedScorer(parts);
  const [one] = state.parts;
  it.each([
    ['scorer', null],
    ['scorer.format', { ...state, format: 'retrace-scorer' }],
    ['scorer', { ...state, extra: 1 }],
    ['scorer.kind', { ...state, kind: 'mae' }],
    ['scorer.by', { ...state, by: 'max' }],
    ['scorer.parts', { ...state, parts: [one] }],
    ['scorer.parts', { ...state, parts: {} }],
    ['scorer.parts[1]', { ...state, parts: [one, 1] }],
    ['scorer.parts[1]', { ...state, parts: [one, { ...one, extra: 1 }] }],
    ['scorer.parts[1].scale', { ...state, parts: [one, { ...one, scale: 0 }] }],
    ['scorer.kind', { ...state, parts: [one, { ...one, scorer: { ...one!.scorer, kind: 'combined' } }] }],
  ])('refuses, naming `%s`, %o', (argument, value) => {
    const error = thrownBy(() => checkCombinedScorerState(value));
    expect(error.code).toBe('RETRACE_SCORER_STATE');
    expect(error.details).toMatchObject({ argument });
  });

  it('says that a state of a later version needs a later release', () => {
    const error = thrownBy(() => checkCombinedScorerState({ ...state, version: 2 }));
    expect(error.code).toBe('RETRACE_UNSUPPORTED_VERSION');
  });
});
