import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSeries,
  type FitScalerOptions,
  fitScaler,
  type ScalerKind,
  type Series,
  sliceSeries,
} from './index.ts';

interface Fitted {
  readonly center: readonly number[];
  readonly scale: readonly number[];
}
const golden: {
  readonly features: string[];
  readonly values: (number | null)[][];
} & Record<ScalerKind | 'longdouble', Fitted> = JSON.parse(
  readFileSync(new URL('../fixtures/scalers.json', import.meta.url), 'utf8'),
);
const cells = golden.values.flat();
const awkward = createSeries({
  id: 'awkward',
  features: golden.features,
  time: golden.values.map((_, row) => row),
  values: cells.map((cell) => cell ?? Number.NaN),
  observed: cells.map((cell) => (cell === null ? 0 : 1)),
});

function column(...values: number[]): Series {
  return createSeries({ id: 'column', features: ['x'], time: values.map((_, row) => row), values });
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  for (const [k, value] of actual.entries()) {
    expect(Math.abs(value - expected[k]!) / Math.abs(expected[k]!)).toBeLessThanOrEqual(tolerance);
  }
}

describe('fitScaler', () => {
  // The figures are sums of 200 numbers in float64: 200 roundings of 1e-16 each, at the very worst.
  it.each(['minmax', 'robust'] as const)("takes for '%s' what scikit-learn takes", (kind) => {
    const state = fitScaler([awkward], { kind });
    expectClose(state.center, golden[kind].center, 1e-13);
    expectClose(state.scale, golden[kind].scale, 1e-13);
  });

  it('takes the mean and deviation of numpy in extended precision, small signal on 1e12 included', () => {
    const { center, scale } = fitScaler([awkward], { kind: 'standard' });
    // The mean of `tiny` is 20 times smaller than its values, which are what its rounding scales with.
    expectClose(center, golden.longdouble.center, 1e-12);
    expectClose(scale, golden.longdouble.scale, 1e-13);
  });

  it('pools over series: shards give what the whole gives', () => {
    const cut = fc.integer({ min: 1, max: 199 });
    fc.assert(
      fc.property(cut, fc.constantFrom('standard', 'minmax', 'robust'), (at, kind) => {
        const shards = [sliceSeries(awkward, 0, at), sliceSeries(awkward, at, 200)];
        expect(fitScaler(shards, { kind: kind as ScalerKind })).toEqual(
          fitScaler([awkward], { kind: kind as ScalerKind }),
        );
      }),
    );
  });

  it('gives plain JSON that survives a round trip', () => {
    const state = fitScaler([awkward]);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    expect(state).toMatchObject({ format: 'retrace-scaler', version: 1, kind: 'standard', constant: [] });
  });

  it.each(['standard', 'minmax', 'robust'] as const)(
    "flags a constant feature for '%s' and gives it scale 1",
    (kind) => {
      const state = fitScaler([column(0.1, 0.1, 0.1)], { kind });
      expect(state).toMatchObject({ center: [0.1], scale: [1], constant: ['x'] });
    },
  );

  it("gives 'robust' the deviation of a feature that varies outside its quartiles only", () => {
    expect(fitScaler([column(0, 0, 0, 0, 0, 0, 0, 8)], { kind: 'robust' })).toMatchObject({
      center: [0],
      scale: [Math.sqrt(7)],
      constant: [],
    });
  });

  it('takes a spread below the smallest float64 for none', () => {
    expect(fitScaler([column(0, 5e-324)])).toMatchObject({ scale: [1], constant: ['x'] });
  });

  it('fits one row', () => {
    expect(fitScaler([column(7)], { kind: 'robust' })).toMatchObject({
      center: [7],
      scale: [1],
      constant: ['x'],
    });
  });

  it('refuses features without an observed cell, naming all of them', () => {
    const series = createSeries({
      id: 'a',
      features: ['x', 'y', 'z'],
      time: [0, 1],
      values: [1, 0, 0, 2, 0, 0],
      observed: [1, 0, 0, 1, 0, 0],
    });
    expect(() => fitScaler([series])).toThrowError(
      expect.objectContaining({ code: 'RETRACE_UNOBSERVED', details: { features: ['y', 'z'] } }),
    );
  });

  it.each(['standard', 'minmax', 'robust'] as const)(
    "refuses a spread too wide for float64 for '%s'",
    (kind) => {
      expect(() => fitScaler([column(-1.5e308, 1.5e308, -1.5e308, 1.5e308)], { kind })).toThrowError(
        expect.objectContaining({
          code: 'RETRACE_NOT_FINITE',
          details: expect.objectContaining({ feature: 'x' }),
        }),
      );
    },
  );

  it('refuses a NaN that a hand-made series does not declare missing', () => {
    const series = { ...column(1, 2, 3), values: Float64Array.of(1, 2, Number.NaN) };
    expect(() => fitScaler([series])).toThrowError(
      expect.objectContaining({ code: 'RETRACE_NOT_FINITE', details: expect.objectContaining({ row: 2 }) }),
    );
  });

  it.each([
    ['kind', { kind: 'standart' }],
    ['kind', { kinds: 'robust' }],
  ])('refuses a wrong `%s`: %o', (argument, options) => {
    expect(() => fitScaler([column(1)], options as FitScalerOptions)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});
