import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createScalerFitter,
  createSeries,
  type FitScalerOptions,
  fitScaler,
  type ScalerStatistics,
  type Series,
  scale,
} from './index.ts';

function column(id: string, ...values: number[]): Series {
  return createSeries({ id, features: ['x'], time: values.map((_, row) => row), values });
}

/** Relative to the larger of the value and the spread: a mean near 0 is known no better than its cells. */
function distance(one: readonly number[], other: readonly number[], spread: readonly number[]): number {
  return Math.max(
    ...one.map((value, k) => Math.abs(value - other[k]!) / Math.max(Math.abs(other[k]!), spread[k]!)),
  );
}

describe('createScalerFitter', () => {
  it('fits what `fitScaler` does, from rows that come in pieces', () => {
    const rows = [3, 1, 4, 1, 5, 9];
    for (const kind of ['standard', 'minmax'] as const) {
      const fitter = createScalerFitter({ kind });
      for (const value of rows) fitter.add([column('a', value)]);
      expect(fitter.finish()).toEqual(fitScaler([column('a', ...rows)], { kind }));
    }
  });

  it('gives from shards, merged in any order, what it gives from the whole, to 1e-12', () => {
    const magnitude = fc.constantFrom(0, 1, 1e6, 1e12, -1e12);
    const rows = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 40 });
    const shard = fc.tuple(fc.constantFrom('a', 'b'), rows);
    const cases = fc.record({
      center: magnitude,
      shards: fc.array(shard, { minLength: 1, maxLength: 6 }),
      kind: fc.constantFrom('standard', 'minmax'),
      by: fc.constantFrom('pool', 'entity'),
      log: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ center, shards, kind, by, log }) => {
        const options: FitScalerOptions = { kind, by, ...(log && { log: ['x'] }) };
        const series = shards.map(([id, values]) => column(id, ...values.map((value) => center + value)));
        const whole = fitScaler(series, options);
        const merged = createScalerFitter(options);
        for (const each of series.toReversed()) {
          const fitter = createScalerFitter(options);
          fitter.add([each]);
          merged.merge(JSON.parse(JSON.stringify(fitter.statistics())));
        }
        const state = merged.finish();
        expect(state.constant).toEqual(whole.constant);
        expect(distance(state.center, whole.center, whole.scale)).toBeLessThan(1e-12);
        // What float64 knows of a spread is bounded by the unit of its cells.
        const unit = Math.abs(log ? Math.log1p(Math.abs(center)) : center) * 2 ** -52;
        expect(Math.abs(state.scale[0]! - whole.scale[0]!)).toBeLessThan(1e-12 * whole.scale[0]! + 4 * unit);
        expect(state.entities?.map(({ id }) => id).toSorted()).toEqual(
          whole.entities?.map(({ id }) => id).toSorted(),
        );
      }),
      { numRuns: 10_000 },
    );
  });

  it('has statistics of a few numbers a feature, whatever the rows', () => {
    const fitter = createScalerFitter();
    fitter.add([column('a', 1, 2, 3), column('b', 6)]);
    expect(fitter.statistics()).toEqual({
      format: 'retrace-scaler-statistics',
      version: 1,
      features: ['x'],
      log: [],
      count: [4],
      origin: [1],
      mean: [2],
      squares: [14],
      min: [1],
      max: [6],
    });
  });

  it('keeps a feature without an observed cell as JSON can', () => {
    const missing = createSeries({
      id: 'a',
      features: ['x', 'y'],
      time: [0],
      values: [1, 0],
      observed: [1, 0],
    });
    const one = createScalerFitter({ kind: 'minmax' });
    one.add([missing]);
    const other = createScalerFitter({ kind: 'minmax' });
    other.merge(JSON.parse(JSON.stringify(one.statistics())));
    other.add([{ ...missing, values: Float64Array.of(3, 5), observed: Uint8Array.of(1, 1) }]);
    expect(other.finish()).toMatchObject({ center: [1, 5], scale: [2, 1], constant: ['y'] });
  });

  it('refuses to finish, or tell statistics, before any row (`RETRACE_UNOBSERVED`)', () => {
    for (const call of ['finish', 'statistics'] as const) {
      expect(() => createScalerFitter()[call]()).toThrowError(
        expect.objectContaining({ code: 'RETRACE_UNOBSERVED' }),
      );
    }
  });

  it.each([
    ['kind', { kind: 'robust' }],
    ['log', { log: 'x' }],
    ['by', { by: 'series' }],
    ['unseen', { unseen: 'refuse' }],
    ['unseen', { by: 'entity', unseen: 'skip' }],
    ['options', { per: 'entity' }],
  ])('refuses a wrong `%s`: %o', (argument, options) => {
    expect(() => createScalerFitter(options as FitScalerOptions)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });

  const fitter = createScalerFitter({ by: 'entity' });
  fitter.add([column('a', 1, 2)]);
  const statistics = fitter.statistics();

  it.each<[string, unknown]>([
    ['statistics', null],
    ['statistics.format', { ...statistics, format: 'retrace-scaler' }],
    ['statistics', { ...statistics, more: 1 }],
    ['statistics.features', { ...statistics, features: [] }],
    ['statistics.log', { ...statistics, log: ['y'] }],
    ['statistics.count', { ...statistics, count: [1, 2] }],
    ['statistics.count[0]', { ...statistics, count: [-1] }],
    ['statistics.mean[0]', { ...statistics, mean: [null] }],
    ['statistics.squares[0]', { ...statistics, squares: [-1] }],
    ['statistics.entities', { ...statistics, entities: {} }],
    ['statistics.entities[0].id', { ...statistics, entities: [{ ...statistics.entities![0], id: 7 }] }],
    ['statistics.entities[0].max', { ...statistics, entities: [{ ...statistics.entities![0], max: 7 }] }],
  ])('refuses to merge what no fitter made, naming `%s`', (argument, value) => {
    expect(() => createScalerFitter({ by: 'entity' }).merge(value as ScalerStatistics)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_SCALER_STATISTICS',
        details: expect.objectContaining({ argument }),
      }),
    );
  });

  it('refuses to merge those of another kind of fitter, of other features or of a later version', () => {
    for (const options of [{}, { by: 'entity', log: ['x'] }] as const) {
      expect(() => createScalerFitter(options).merge(statistics)).toThrowError(
        expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT' }),
      );
    }
    const other = createScalerFitter({ by: 'entity' });
    other.add([{ ...column('a', 1), features: ['y'] }]);
    expect(() => other.merge(statistics)).toThrowError(expect.objectContaining({ code: 'RETRACE_FEATURES' }));
    expect(() => other.merge({ ...statistics, version: 2 } as unknown as ScalerStatistics)).toThrowError(
      expect.objectContaining({ code: 'RETRACE_UNSUPPORTED_VERSION' }),
    );
  });
});

describe('fitScaler', () => {
  it('scales each entity by its own rows, and one it has not seen by all', () => {
    const state = fitScaler([column('a', 0, 10), column('b', 100, 300)], { kind: 'minmax', by: 'entity' });
    expect(state).toMatchObject({
      center: [0],
      scale: [300],
      unseen: 'pooled',
      entities: [
        { id: 'a', center: [0], scale: [10] },
        { id: 'b', center: [100], scale: [200] },
      ],
    });
    const scaled = scale([column('b', 100, 300), column('a', 5), column('c', 150)], state);
    expect(scaled.map(({ values }) => [...values])).toEqual([[0, 1], [0.5], [0.5]]);
  });

  it("takes an entity's quartiles of all its series", () => {
    const state = fitScaler([column('a', 0, 1), column('b', 7, 8, 9), column('a', 2, 3, 4)], {
      kind: 'robust',
      by: 'entity',
    });
    expect(state.entities).toEqual([
      { id: 'a', center: [2], scale: [2] },
      { id: 'b', center: [8], scale: [1] },
    ]);
  });

  it('scales by all where an entity does not vary, or was not observed', () => {
    const of = (id: string, values: number[], observed: number[]) =>
      createSeries({ id, features: ['x', 'y'], time: [0, 1], values, observed });
    const series = [of('a', [0, 0, 4, 8], [1, 1, 1, 1]), of('b', [3, 0, 3, 0], [1, 0, 1, 0])];
    expect(fitScaler(series, { kind: 'minmax', by: 'entity' }).entities![1]).toEqual({
      id: 'b',
      center: [3, 0],
      scale: [4, 8],
    });
  });

  it('scales the signed logarithm of the features listed', () => {
    const state = fitScaler([column('a', -Math.expm1(2), 0, Math.expm1(2))], { kind: 'minmax', log: ['x'] });
    expect(state.log).toEqual(['x']);
    expect(state.center[0]).toBeCloseTo(-2, 14);
    expect(state.scale[0]).toBeCloseTo(4, 14);
    expect([...scale([column('a', Math.expm1(1), -Math.expm1(1))], state)[0]!.values]).toEqual([
      expect.closeTo(0.75, 14),
      expect.closeTo(0.25, 14),
    ]);
  });

  it('takes the quartiles of logarithms', () => {
    const state = fitScaler([column('a', ...[0, 1, 2, 3, 4].map(Math.expm1))], {
      kind: 'robust',
      log: ['x'],
    });
    expect([state.center[0], state.scale[0]]).toEqual([expect.closeTo(2, 14), expect.closeTo(2, 14)]);
  });

  it('refuses a feature to take the logarithm of that is none', () => {
    expect(() => fitScaler([column('a', 1)], { log: ['y'] })).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining('`log`'),
      }),
    );
  });
});
