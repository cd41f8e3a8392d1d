import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGolden } from '../../fixtures/golden.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { checkScorerState } from './check-scorer-state.ts';
import { fitScorer } from './fit-scorer.ts';

const features = ['flow', 'current'];

describe('fitScorer', () => {
  it('of kind mae and mse keeps the features alone', () => {
    expect(fitScorer([1, 2], { features, kind: 'mae' })).toEqual({
      format: 'retrace-scorer',
      version: 1,
      kind: 'mae',
      features,
    });
  });

  it('is standardised by default: mean and population standard deviation of each feature', () => {
    const state = fitScorer([1, 10, 3, 20, 5, 60], { features });
    expect(state).toMatchObject({ kind: 'standardised', center: [3, 30] });
    if (state.kind === 'standardised') expectClose(state.spread, [Math.sqrt(8 / 3), Math.sqrt(1400 / 3)]);
  });

  it('leaves missing cells out', () => {
    const whole = fitScorer([1, 10, 3, 20], { features });
    expect(
      fitScorer([1, 10, 99, 99, 3, Number.NaN, Number.NaN, 20], {
        features,
        observed: [1, 1, 0, 0, 1, 1, 1, 1],
      }),
    ).toEqual(whole);
  });

  it('keeps `clip` in the state, which survives JSON', () => {
    const state = fitScorer([1, -1, 2, -2], { features: ['flow'], clip: 3 });
    expect(state).toMatchObject({ kind: 'standardised', clip: 3 });
    expect(checkScorerState(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  it('with `robust` is not moved by anomalies among the calibration rows', () => {
    const clean = [0.1, -0.2, 0.3, 0, -0.1, 0.2, -0.3];
    const options = { features: ['flow'], robust: true };
    const polluted = fitScorer([...clean, 1e6], options);
    const state = fitScorer(clean, options);
    if (state.kind !== 'standardised' || polluted.kind !== 'standardised') return expect.fail();
    expectClose(state.center, [0]);
    expectClose(state.spread, [0.2 * 1.4826022185056018]);
    expect(polluted.center[0]).toBeCloseTo(0.05, 12);
    expect(polluted.spread[0]).toBeLessThan(0.4);
  });

  it('with `robust` falls back on the standard deviation where most residuals are equal', () => {
    const state = fitScorer([0, 0, 0, 4], { features: ['flow'], robust: true });
    expect(state).toMatchObject({ center: [0], spread: [Math.sqrt(3)] });
  });

  it('raises the spread of a feature retraced exactly to `minSpread`', () => {
    expect(fitScorer([0, 1, 0, 2], { features })).toMatchObject({ spread: [0.001, 0.5] });
    expect(fitScorer([0, 1, 0, 2], { features, minSpread: 0.75 })).toMatchObject({ spread: [0.75, 0.75] });
  });

  it.each(['standardised', 'gaussian'] as const)('of kind %s measures from 0 unless `centered`', (kind) => {
    const state = fitScorer([1, 10, 3, 20, 5, 60], { features, kind, centered: false });
    if (!('center' in state && 'spread' in state)) return expect.fail();
    expect(state).toMatchObject({ center: [0, 0], centered: false });
    expect(checkScorerState(JSON.parse(JSON.stringify(state)))).toEqual(state);
    expectClose(state.spread, [Math.sqrt(35 / 3), Math.sqrt(4100 / 3)]);
  });

  it('with `robust` and not `centered` takes the median magnitude', () => {
    const state = fitScorer([-3, 1, 2], { features: ['flow'], robust: true, centered: false });
    expect(state).toMatchObject({ center: [0], spread: [2 * 1.482602218505602] });
  });

  it('counts a prior as so many further rows of its spread', () => {
    const prior = { rows: 50, spread: 1 };
    const swing = (rows: number, size: number) =>
      Array.from({ length: rows }, (_, k) => (k % 2 ? size : -size));
    const state = fitScorer(swing(100, 4), { features: ['flow'], prior });
    const counted = fitScorer([...swing(100, 4), ...swing(50, 1)], { features: ['flow'] });
    if (state.kind !== 'standardised' || counted.kind !== 'standardised') return expect.fail();
    expectClose(state.spread, counted.spread);
    expect(checkScorerState(JSON.parse(JSON.stringify(state)))).toEqual(state);
    expect(state).toMatchObject({ prior });
    const still = fitScorer([0, 0], { features: ['flow'], prior });
    expect(still).toMatchObject({ spread: [Math.sqrt(50 / 52)] });
  });

  it.each(readGolden().gaussians)(
    "of kind gaussian shrinks the correlation as scikit-learn's ledoit_wolf: $name",
    ({ features, calibration, ...expected }) => {
      const names = Array.from({ length: features }, (_, k) => `f${k}`);
      const state = fitScorer(calibration, { features: names, kind: 'gaussian' });
      if (state.kind !== 'gaussian') return expect.fail();
      expectClose(state.center, expected.center);
      expectClose(state.spread, expected.spread);
      expectClose(state.correlation, expected.correlation);
      expect(state.shrinkage).toBeCloseTo(expected.shrinkage, 10);
    },
  );

  it('of kind gaussian lets a constant feature correlate with none', () => {
    const state = fitScorer([0.1, 1, 0.1, 2, 0.1, 4], { features, kind: 'gaussian' });
    expect(state).toMatchObject({ correlation: [1, 0, 0, 1] });
  });

  it('of kind gaussian finds the correlation in the rows that have every feature', () => {
    const whole = [1, 2, 3, 5, 6, 7, 2, 1];
    const state = fitScorer([...whole, Number.NaN, 3], { features, kind: 'gaussian' });
    const expected = fitScorer(whole, { features, kind: 'gaussian' });
    if (state.kind !== 'gaussian' || expected.kind !== 'gaussian') return expect.fail();
    expect(state.correlation).toEqual(expected.correlation);
    expect(state.center[1]).not.toBe(expected.center[1]);
  });

  it('changes nothing it is given and keeps no part of it', () => {
    const smoothing = { kind: 'ewma', halfLife: 3 } as const;
    const names = [...features];
    const values = Float64Array.of(1, 2, 3, 5);
    const state = fitScorer(values, { features: names, smoothing });
    names[0] = 'changed';
    expect(values).toEqual(Float64Array.of(1, 2, 3, 5));
    expect(state).toMatchObject({ features, smoothing });
  });

  it.each([
    ['an unknown kind', { features, kind: 'gausian' }, "Did you mean 'gaussian'?"],
    ['a misspelt option', { features, robst: true }, 'Did you mean `robust`?'],
    ['no features', { features: [] }, '`features` must be'],
    ['a feature named twice', { features: ['a', 'a'] }, '`features` must be'],
    ['a clipped mean square', { features, kind: 'mse', clip: 3 }, '`clip` must be absent'],
    ['a clip of 0', { features, clip: 0 }, '`clip` must be a finite number'],
    ['a robust gaussian', { features, kind: 'gaussian', robust: true }, '`robust` must be false'],
    ['a spread of 0', { features, minSpread: 0 }, '`minSpread` must be'],
    [
      'a mean square from its mean',
      { features, kind: 'mse', centered: false },
      "`centered` must be true for every kind but 'standardised' and 'gaussian'",
    ],
    ['a prior of mae', { features, kind: 'mae', prior: { rows: 1, spread: 1 } }, '`prior` must be absent'],
    ['a prior of no rows', { features, prior: { rows: 0, spread: 1 } }, '`prior.rows` must be'],
    ['a prior without spread', { features, prior: { rows: 1 } }, '`prior.spread` must be'],
    [
      'a half-life of 0',
      { features, smoothing: { kind: 'ewma', halfLife: 0 } },
      '`smoothing.halfLife` must be',
    ],
    [
      'an unknown smoothing',
      { features, smoothing: { kind: 'mean', halfLife: 1 } },
      '`smoothing.kind` must be',
    ],
  ])('refuses %s', (_, options, message) => {
    const error = thrownBy(() => Reflect.apply(fitScorer, undefined, [[1, 2, 3, 4], options]));
    expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
    expect(error.message).toContain(message);
  });

  it('refuses a feature with fewer than two residuals to measure', () => {
    const error = thrownBy(() => fitScorer([1, 2, 3, Number.NaN], { features }));
    expect(error.code).toBe('RETRACE_TOO_FEW_ROWS');
    expect(error.details).toEqual({ feature: 'current', rows: 1, needed: 2 });
  });

  it('of kind gaussian refuses fewer than two rows with every feature', () => {
    const error = thrownBy(() =>
      fitScorer([1, Number.NaN, 3, Number.NaN, Number.NaN, 2, Number.NaN, 1], { features, kind: 'gaussian' }),
    );
    expect(error.code).toBe('RETRACE_TOO_FEW_ROWS');
    expect(error.details).toEqual({ rows: 0, needed: 2 });
  });
});
