import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { fitScorer } from './fit-scorer.ts';
import { scoreRows } from './score-rows.ts';
import { checkScorerState, scorerKinds } from './scorer-state.ts';

const features = ['flow', 'current'];
const values = [1, 2, 3, 5, 2, 2, 0.1, 0.7];
const smoothing = { kind: 'ewma', halfLife: 5 } as const;

describe('checkScorerState', () => {
  it.each(scorerKinds)(
    'accepts what JSON makes of a fitted %s scorer, which then scores bit for bit alike',
    (kind) => {
      for (const spec of [{ kind }, { kind, smoothing }]) {
        const state = fitScorer(values, { features, ...spec });
        const read = checkScorerState(JSON.parse(JSON.stringify(state)));
        expect(read).toEqual(state);
        expect(scoreRows(values, read)).toEqual(scoreRows(values, state));
      }
    },
  );

  const state = fitScorer(values, { features, kind: 'gaussian', smoothing });
  it.each([
    ['scorer', undefined],
    ['scorer', []],
    ['scorer.format', { ...state, format: 'retrace-threshold' }],
    ['scorer.version', { ...state, version: '1' }],
    ['scorer.kind', { ...state, kind: 'constructor' }],
    ['scorer', { ...state, kind: 'mae' }],
    ['scorer.features', { ...state, features: 'flow' }],
    ['scorer.features', { ...state, features: ['flow', 1] }],
    ['scorer.features', { ...state, features: ['flow', 'flow'] }],
    ['scorer.smoothing', { ...state, smoothing: null }],
    ['scorer.smoothing', { ...state, smoothing: { ...smoothing, span: 2 } }],
    ['scorer.smoothing.kind', { ...state, smoothing: { kind: 'median', halfLife: 1 } }],
    ['scorer.smoothing.halfLife', { ...state, smoothing: { kind: 'ewma', halfLife: -1 } }],
    ['scorer.center', { ...state, center: [1] }],
    ['scorer.center[1]', { ...state, center: [1, null] }],
    ['scorer.center[0]', { ...state, center: [1e300, 0] }],
    ['scorer.spread[0]', { ...state, spread: [0, 1] }],
    ['scorer.spread[0]', { ...state, spread: [Number.NaN, 1] }],
    ['scorer.correlation', { ...state, correlation: [1, 0, 1] }],
    ['scorer.correlation[0]', { ...state, correlation: [0.9, 0, 0, 1] }],
    ['scorer.correlation[2]', { ...state, correlation: [1, 0.2, 0.3, 1] }],
    ['scorer.correlation[1]', { ...state, correlation: [1, 2, 2, 1] }],
    ['scorer.shrinkage', { ...state, shrinkage: 1.1 }],
  ])('refuses, naming `%s`, %o', (argument, value) => {
    const error = thrownBy(() => checkScorerState(value));
    expect(error.code).toBe('RETRACE_SCORER_STATE');
    expect(error.details).toMatchObject({ argument });
  });
  it('says that a state of a later version needs a later release', () => {
    const error = thrownBy(() => checkScorerState({ ...state, version: 3 }));
    expect(error.code).toBe('RETRACE_UNSUPPORTED_VERSION');
    expect(error.details).toMatchObject({ version: 3, supported: 1 });
  });
});
