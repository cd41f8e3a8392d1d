import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { checkScorerState } from './check-scorer-state.ts';
import { fitScorer } from './fit-scorer.ts';
import { scoreRows } from './score-rows.ts';
import { type QuantileScorerState, scorerKinds } from './scorer-state.ts';

const features = ['flow', 'current'];
const values = [1, 2, 3, 5, 2, 2, 0.1, 0.7];
const smoothing = { kind: 'ewma', halfLife: 5 } as const;
const entities = [{ id: 'pump', rows: 4 }];

describe('checkScorerState', () => {
  it.each(scorerKinds)(
    'accepts what JSON makes of a fitted %s scorer, which then scores bit for bit alike',
    (kind) => {
      const perEntity = kind !== 'mae' && kind !== 'mse';
      const median = { kind: 'median', rows: 3 } as const;
      for (const spec of [{ kind }, { kind, smoothing }, { kind, smoothing: median, perEntity, entities }]) {
        const state = fitScorer(values, { features, ...spec });
        const read = checkScorerState(JSON.parse(JSON.stringify(state)));
        expect(read).toEqual(state);
        expect(scoreRows(values, read)).toEqual(scoreRows(values, state));
      }
    },
  );

  const state = fitScorer(values, { features, kind: 'gaussian', smoothing });
  const own = { id: 'pump', center: [0, 0], spread: [1, 1], correlation: [1, 0, 0, 1], shrinkage: 0 };
  const quantile = fitScorer(values, { features, kind: 'quantile' }) as QuantileScorerState;
  const likelihood = fitScorer(values, { features, kind: 'likelihood' });
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
    ['scorer.smoothing.kind', { ...state, smoothing: { kind: 'mean', halfLife: 1 } }],
    ['scorer.smoothing', { ...state, smoothing: { kind: 'median', halfLife: 1 } }],
    ['scorer.smoothing.rows', { ...state, smoothing: { kind: 'median', rows: 0 } }],
    ['scorer.magnitudes', { ...state, magnitudes: false }],
    ['scorer.centered', { ...state, centered: true }],
    ['scorer.prior', { ...state, prior: 50 }],
    ['scorer.prior', { ...state, prior: { rows: 1, spread: 1, mean: 0 } }],
    ['scorer.prior.spread', { ...state, prior: { rows: 1, spread: 0 } }],
    ['scorer.entities', { ...state, entities: {} }],
    ['scorer.entities[0]', { ...state, entities: [null] }],
    ['scorer.entities[0]', { ...state, entities: [{ ...own, kind: 'gaussian' }] }],
    ['scorer.entities[0].id', { ...state, entities: [{ ...own, id: 7 }] }],
    ['scorer.entities[1].id', { ...state, entities: [own, own] }],
    ['scorer.entities[0].spread', { ...state, entities: [{ ...own, spread: [1] }] }],
    ['scorer.entities[0].correlation[0]', { ...state, entities: [{ ...own, correlation: [0, 0, 0, 1] }] }],
    ['scorer.knots', { ...quantile, knots: [1] }],
    ['scorer.knots[3]', { ...quantile, knots: quantile.knots.with(3, 0) }],
    ['scorer.knots[100]', { ...quantile, knots: quantile.knots.map((knot, k) => (k > 100 ? knot : 0)) }],
    ['scorer.knots[0]', { ...quantile, knots: quantile.knots.with(0, -1) }],
    ['scorer.center', { ...quantile, center: [] }],
    ['scorer.floor[1]', { ...likelihood, floor: [0, Infinity] }],
    ['scorer', { ...likelihood, center: [0, 0] }],
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
