import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSeries,
  fitScaler,
  type ScalerState,
  type Series,
  scale,
  unscale,
  unscaleValues,
} from './index.ts';

const kinds = fc.constantFrom('standard', 'minmax', 'robust');
const series = createSeries({
  id: 'a',
  features: ['x', 'y'],
  time: [0, 1, 2],
  values: [0, 5, 5, 0, 10, 5],
  observed: [1, 1, 1, 0, 1, 1],
});
const state = fitScaler([series], { kind: 'minmax' });

describe('scale', () => {
  it('scales each feature in float64, keeps missing cells NaN and changes no input', () => {
    const before = structuredClone(series);
    const [scaled] = scale([series], state) as [Series];
    expect(scaled).toEqual({ ...series, values: Float64Array.of(0, 0, 0.5, Number.NaN, 1, 0) });
    expect(series).toEqual(before);
  });

  it('scales what moves in a feature that was constant in training by its own unit', () => {
    const moved = createSeries({ id: 'b', features: ['x', 'y'], time: [0], values: [20, 8] });
    expect([...scale([moved], state)[0]!.values]).toEqual([2, 3]);
  });

  it('is undone by `unscale` and `unscaleValues`', () => {
    const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(values, values, kinds, (train, test, kind) => {
        const of = (rows: number[]) =>
          createSeries({ id: 'a', features: ['x'], time: rows.map((_, row) => row), values: rows });
        const fitted = fitScaler([of(train)], { kind });
        // A cell that overflows when scaled is refused, and tested below.
        fc.pre(test.every((value) => Number.isFinite((value - fitted.center[0]!) / fitted.scale[0]!)));
        const scaled = scale([of(test)], fitted);
        const [back] = unscale(scaled, fitted);
        expect(unscaleValues(scaled[0]!.values, fitted)).toEqual(back!.values);
        for (const [row, value] of test.entries()) {
          // Four roundings of 1.1e-16 of a difference that is at most twice the unit.
          const unit = Math.max(Math.abs(value), Math.abs(fitted.center[0]!), fitted.scale[0]!);
          expect(Math.abs(back!.values[row]! - value)).toBeLessThanOrEqual(2e-15 * unit);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is undone for logarithms and for each entity too, to 1e-6 of the value or the spread', () => {
    // Not any double: a spread of subnormal numbers makes a cell overflow, which is refused, and tested below.
    const value = fc
      .tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: -6, max: 6 }))
      .map(([digits, exponent]) => digits * 10 ** exponent);
    const values = fc.array(value, { minLength: 1, maxLength: 20 });
    const of = (id: string, rows: number[]) =>
      createSeries({ id, features: ['x'], time: rows.map((_, row) => row), values: rows });
    fc.assert(
      fc.property(values, values, kinds, fc.boolean(), (a, b, kind, log) => {
        const rows = [of('a', a), of('b', b)];
        const fitted = fitScaler(rows, { kind, by: 'entity', ...(log && { log: ['x'] }) });
        const scaled = scale(rows, fitted);
        const back = unscale(scaled, fitted);
        for (const [entity, { id, values: own }] of rows.entries()) {
          expect(unscaleValues(scaled[entity]!.values, fitted, id)).toEqual(back[entity]!.values);
          const spread = Math.max(...own) - Math.min(...own) || 1;
          for (const [row, value] of own.entries()) {
            const error = Math.abs(back[entity]!.values[row]! - value);
            expect(error).toBeLessThanOrEqual(1e-6 * Math.max(Math.abs(value), spread));
          }
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('refuses an entity that was not in training, if the scaler is to (`RETRACE_UNSEEN_ENTITY`)', () => {
    const strict = fitScaler([series], { by: 'entity', unseen: 'refuse' });
    expect(scale([series], strict)).toHaveLength(1);
    expect(() => scale([{ ...series, id: 'b' }], strict)).toThrowError(
      expect.objectContaining({ code: 'RETRACE_UNSEEN_ENTITY', details: { series: 'b', known: 1 } }),
    );
    expect(() => unscaleValues(new Float64Array(2), strict, 'b')).toThrowError(
      expect.objectContaining({ code: 'RETRACE_UNSEEN_ENTITY' }),
    );
  });

  it('refuses a cell that is not finite once scaled', () => {
    const wide = createSeries({ id: 'b', features: ['x', 'y'], time: [0], values: [0, 1e308] });
    const narrow: ScalerState = { ...state, scale: [1, 1e-10] };
    expect(() => scale([wide], narrow)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_NOT_FINITE',
        details: expect.objectContaining({ row: 0, feature: 'y' }),
      }),
    );
  });

  it.each([[['y', 'x']], [['x', 'z']]])('refuses the features %o', (features) => {
    for (const change of [scale, unscale]) {
      expect(() => change([{ ...series, features }], state)).toThrowError(
        expect.objectContaining({ code: 'RETRACE_FEATURES' }),
      );
    }
  });
});

describe('unscaleValues', () => {
  it('keeps NaN', () => {
    expect([...unscaleValues(Float32Array.of(0.5, Number.NaN), state)]).toEqual([5, Number.NaN]);
  });

  it('refuses half a row', () => {
    expect(() => unscaleValues(new Float32Array(3), state)).toThrowError(
      expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT' }),
    );
  });
});
