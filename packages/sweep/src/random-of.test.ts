import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base } from '../fixtures/waves.ts';
import { valueAt } from './config-paths.ts';
import { type RandomSpace, randomOf } from './index.ts';

const space: RandomSpace = {
  'fit.optimizer.learningRate': { kind: 'logUniform', min: 1e-4, max: 1e-1 },
  'windows.lookback': { kind: 'integer', min: 10, max: 13 },
  'model.dropout': { kind: 'uniform', min: 0.1, max: 0.5 },
  'model.units': [[8], [16]],
};
const column = (path: string, drawn = randomOf(base, space, { count: 2000, seed: 3 })) =>
  drawn.map((config) => valueAt(config, path) as number);

describe('randomOf(base, space, { count, seed })', () => {
  it('draws the same for a seed, and others for another', () => {
    expect(randomOf(base, space, { count: 20, seed: 7 })).toEqual(
      randomOf(base, space, { count: 20, seed: 7 }),
    );
    expect(randomOf(base, space, { count: 20 })).toEqual(randomOf(base, space, { count: 20, seed: 0 }));
    expect(column('model.dropout', randomOf(base, space, { count: 20, seed: 8 }))).not.toEqual(
      column('model.dropout', randomOf(base, space, { count: 20, seed: 7 })),
    );
  });

  it('begins with the same draws, however many, and whatever else the space has', () => {
    const few = randomOf(base, space, { count: 5 });
    expect(randomOf(base, space, { count: 50 }).slice(0, 5)).toEqual(few);
    const wider = randomOf(base, { seed: { kind: 'integer', min: 0, max: 1e6 }, ...space }, { count: 5 });
    expect(wider.map(({ seed: _, ...config }) => config)).toEqual(few);
  });

  it('spreads each range as its kind says', () => {
    // The mean of 2,000 uniform draws strays from 1/2 by more than 0.03 once in a million.
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(column('model.dropout').map((x) => (x - 0.1) / 0.4)) - 0.5)).toBeLessThan(0.03);
    const exponents = column('fit.optimizer.learningRate').map((x) => (Math.log10(x) + 4) / 3);
    expect(Math.abs(mean(exponents) - 0.5)).toBeLessThan(0.03);
    for (const share of [0.1, 0.5, 0.9])
      expect(Math.abs(exponents.filter((x) => x < share).length / 2000 - share)).toBeLessThan(0.05);
    const lookbacks = column('windows.lookback');
    for (const value of [10, 11, 12, 13])
      expect(Math.abs(lookbacks.filter((x) => x === value).length / 2000 - 0.25)).toBeLessThan(0.05);
  });

  it('stays in every range, draws no configuration twice and changes no input', () => {
    const range = fc
      .tuple(
        fc.constantFrom('uniform', 'logUniform', 'integer'),
        fc.integer({ min: 1, max: 1e9 }),
        fc.nat(1e9),
      )
      .map(([kind, min, width]) => ({ kind, min, max: min + width + 100 }) as const);
    fc.assert(
      fc.property(range, fc.nat(), ({ kind, min, max }, seed) => {
        const drawn = randomOf(base, { seed: { kind, min, max } }, { count: 20, seed });
        const seeds = drawn.map((config) => config.seed!);
        expect(new Set(seeds).size).toBe(20);
        for (const value of seeds) {
          expect(value >= min && value <= max).toBe(true);
          if (kind === 'integer') expect(Number.isInteger(value)).toBe(true);
        }
      }),
    );
    expect(base.seed).toBeUndefined();
  });

  it('finds every configuration of a small space, and refuses to find more', () => {
    const small: RandomSpace = { 'model.units': [[8], [16]], seed: { kind: 'integer', min: 1, max: 3 } };
    const all = randomOf(base, small, { count: 6 });
    expect(new Set(all.map((config) => JSON.stringify(config))).size).toBe(6);
    expect(() => randomOf(base, small, { count: 7 })).toThrow('`count` must be at most 6');
  });

  it.each<[string, unknown, unknown, string]>([
    ['a path that no configuration has', { modl: [1] }, { count: 1 }, 'Did you mean `model`?'],
    ['no range', { seed: 3 }, { count: 1 }, 'an array of values, or a range'],
    ['an unknown kind', { seed: { kind: 'log', min: 1, max: 2 } }, { count: 1 }, "`space['seed'].kind`"],
    ['a misspelt end', { seed: { kind: 'integer', min: 1, mx: 2 } }, { count: 1 }, 'Did you mean `max`?'],
    [
      'ends in the wrong order',
      { seed: { kind: 'uniform', min: 3, max: 2 } },
      { count: 1 },
      "`space['seed'].max`",
    ],
    ['half integers', { seed: { kind: 'integer', min: 0.5, max: 2 } }, { count: 1 }, "`space['seed'].min`"],
    ['rates of 0', { seed: { kind: 'logUniform', min: 0, max: 2 } }, { count: 1 }, "`space['seed'].min`"],
    ['no count', { seed: [1] }, {}, '`count` must be an integer'],
    ['an unknown option', { seed: [1] }, { count: 1, sed: 1 }, 'Did you mean `seed`?'],
    ['no space', undefined, { count: 1 }, '`space` must be an object'],
  ])('refuses %s', (_, wrong, options, message) => {
    expect(() => randomOf(base, wrong as RandomSpace, options as never)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(message),
      }),
    );
  });
});
