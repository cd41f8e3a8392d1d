import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeries, type Series, type SplitByEntityOptions, splitByEntity } from './index.ts';

const ids = (part: readonly Series[]) => part.map(({ id }) => id);
const fleet = Array.from({ length: 100 }, (_, index) =>
  createSeries({ id: `pump-${index}`, features: ['x'], time: [0], values: [index] }),
);

describe('splitByEntity', () => {
  it('gives each part its share of the entities, in the order of the series', () => {
    const { train, calibration, test } = splitByEntity(fleet, { train: 0.6, calibration: 0.3 });
    expect([train.length, calibration.length, test.length]).toEqual([60, 30, 10]);
    expect(new Set([...train, ...calibration, ...test])).toEqual(new Set(fleet));
    expect(train).toEqual(fleet.filter((series) => train.includes(series)));
  });

  it('keeps all series of one id together', () => {
    const { train, calibration, test } = splitByEntity([...fleet, ...fleet], {
      train: 0.5,
      calibration: 0.2,
    });
    const parts = [train, calibration, test].map((part) => new Set(ids(part)));
    expect(parts.map(({ size }) => size)).toEqual([50, 20, 30]);
    expect(train.length).toBe(100);
  });

  it('does not depend on the order of the series', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(fleet, { minLength: 100 }), fc.nat(9), (shuffled, seed) => {
        const options = { train: 0.6, calibration: 0.2, seed };
        expect(ids(splitByEntity(shuffled, options).train).sort()).toEqual(
          ids(splitByEntity(fleet, options).train).sort(),
        );
      }),
    );
  });

  it('splits otherwise with another seed, each entity in training for about its share of the seeds', () => {
    const times = new Map(ids(fleet).map((id) => [id, 0]));
    for (let seed = 0; seed < 400; seed++) {
      for (const { id } of splitByEntity(fleet, { train: 0.5, calibration: 0, seed }).train) {
        times.set(id, times.get(id)! + 1);
      }
    }
    // Binomial(400, 1/2): five standard deviations of 10 around 200.
    expect(Math.min(...times.values())).toBeGreaterThan(150);
    expect(Math.max(...times.values())).toBeLessThan(250);
  });

  it('moves few entities when one is added', () => {
    const newcomer = createSeries({ id: 'pump-new', features: ['x'], time: [0], values: [0] });
    const before = new Set(ids(splitByEntity(fleet, { train: 0.5, calibration: 0 }).train));
    const after = ids(splitByEntity([...fleet, newcomer], { train: 0.5, calibration: 0 }).train);
    expect(after.filter((id) => !before.has(id)).length).toBeLessThanOrEqual(1);
  });

  it.each([
    ['train', { train: 1.5, calibration: 0 }],
    ['seed', { train: 0.5, calibration: 0, seed: -1 }],
    ['seed', { train: 0.5, calibration: 0, seeds: 1 }],
  ])('refuses a wrong `%s`: %o', (argument, options) => {
    expect(() => splitByEntity(fleet, options as SplitByEntityOptions)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});
