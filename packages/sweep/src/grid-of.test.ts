import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base } from '../fixtures/waves.ts';
import { valueAt } from './config-paths.ts';
import { type GridSpace, gridOf } from './index.ts';

const values = fc.uniqueArray(fc.oneof(fc.integer(), fc.array(fc.nat(), { maxLength: 3 }), fc.boolean()), {
  minLength: 1,
  maxLength: 4,
  selector: (value) => JSON.stringify(value),
});
const spaces: fc.Arbitrary<GridSpace> = fc.record(
  {
    'windows.lookback': values,
    'model.units': values,
    'fit.optimizer.learningRate': values,
    'scaler.kind': values,
    seed: values,
  },
  { requiredKeys: ['seed'] },
);

describe('gridOf(base, space)', () => {
  it('changes the last path fastest and leaves the rest as in the base', () => {
    const configs = gridOf(base, { 'windows.lookback': [20, 50], 'model.units': [[32], [64, 32]] });
    const units = (list: number[]) => ({ ...base.model, units: list });
    expect(configs).toEqual([
      { ...base, windows: { lookback: 20 }, model: units([32]) },
      { ...base, windows: { lookback: 20 }, model: units([64, 32]) },
      { ...base, windows: { lookback: 50 }, model: units([32]) },
      { ...base, windows: { lookback: 50 }, model: units([64, 32]) },
    ]);
  });

  it('makes every combination once, whatever the space, and changes no input', () => {
    fc.assert(
      fc.property(spaces, (space) => {
        const before = JSON.stringify([base, space]);
        const configs = gridOf(base, space);
        const combination = (config: (typeof configs)[number]) =>
          JSON.stringify(Object.keys(space).map((path) => valueAt(config, path)));
        expect(configs).toHaveLength(
          Object.values(space).reduce((product, { length }) => product * length, 1),
        );
        expect(new Set(configs.map(combination)).size).toBe(configs.length);
        for (const [path, list] of Object.entries(space))
          for (const config of configs) expect(list).toContainEqual(valueAt(config, path));
        expect(JSON.stringify([base, space])).toBe(before);
      }),
    );
  });

  it('makes the objects on the way to a value', () => {
    const [config] = gridOf(base, { 'threshold.q': [0.9] });
    expect(config).toEqual({ ...base, threshold: { q: 0.9 } });
  });

  it.each<[string, unknown, string]>([
    ['a path that begins elsewhere', { 'window.lookback': [1] }, 'Did you mean `windows.lookback`?'],
    ['a path with an empty key', { 'windows.': [1] }, 'whose keys are paths'],
    ['a path in another', { model: [{}], 'model.units': [[1]] }, 'in which no path lies in another'],
    [
      'a path through a number',
      { 'windows.lookback.rows': [1] },
      '`base.windows.lookback` must be an object',
    ],
    ['no path', {}, 'at least one path'],
    ['no space', null, '`space` must be an object'],
    ['one value', { seed: 1 }, "`space['seed']` must be an array of at least one value"],
    ['no value', { seed: [] }, "`space['seed']` must be an array of at least one value"],
    ['a value twice', { 'model.units': [[1], [1]] }, 'differing values'],
    ['a function', { seed: [() => 1] }, "`space['seed'][0]` must be plain JSON"],
    ['an infinite number', { 'windows.maxGap': [Infinity] }, 'must be plain JSON'],
  ])('refuses %s', (_, space, message) => {
    expect(() => gridOf(base, space as GridSpace)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(message),
      }),
    );
  });

  it('refuses a base that is no plain JSON', () => {
    expect(() => gridOf(undefined as never, { seed: [1] })).toThrow('`base` must be a configuration');
    const odd = { ...base, fit: { ...base.fit, onStep: () => {} } };
    expect(() => gridOf(odd as never, { seed: [1] })).toThrow('`base.fit.onStep` must be plain JSON');
  });
});
