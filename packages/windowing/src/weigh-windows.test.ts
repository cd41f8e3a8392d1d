import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSeries,
  type DrawWindowsOptions,
  drawWindows,
  labelWeights,
  slidingWindows,
  subsetWindows,
  weighWindows,
} from './index.ts';

const time = [0, 1, 2, 3, 4, 5];
const series = createSeries({ id: 'a', features: ['x'], time, values: time, labels: [0, 0, 0, 0, 1, 0] });
const windows = slidingWindows([series], { lookback: 2 });

describe('labelWeights', () => {
  it('makes the few labelled windows count as much as the many others', () => {
    const weights = labelWeights(windows);
    expect([...weights]).toEqual([5 / 6, 5 / 6, 5 / 6, 1.25, 1.25]);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(windows.length, 12);
  });

  it('refuses windows of one class (`RETRACE_ONE_CLASS`)', () => {
    for (const one of [
      subsetWindows(windows, [0, 1]),
      subsetWindows(windows, [3, 4]),
      subsetWindows(windows, []),
    ]) {
      expect(() => labelWeights(one)).toThrowError(expect.objectContaining({ code: 'RETRACE_ONE_CLASS' }));
    }
  });
});

describe('weighWindows', () => {
  it('gives batches the weights, and changes nothing else', () => {
    const weighed = weighWindows(windows, [1, 2, 3, 4, 0]);
    const { weight, ...batch } = weighed.batch([4, 1]);
    expect([...weight!]).toEqual([0, 2]);
    expect(batch).toEqual(windows.batch([4, 1]));
    expect(weighed.origin(3)).toEqual(windows.origin(3));
  });

  it('multiplies weights that are there already, in views too', () => {
    const twice = weighWindows(weighWindows(windows, [1, 2, 3, 4, 5]), [2, 2, 2, 2, 2]);
    expect([...subsetWindows(twice, [2, 0]).batch([0, 1]).weight!]).toEqual([6, 2]);
  });

  it('gathers into the arrays of a batch that it gave', () => {
    const weighed = weighWindows(windows, [1, 2, 3, 4, 5]);
    const reused = weighed.batch([0, 1]);
    const again = weighed.batch([4, 3], reused);
    expect(again).toEqual(weighed.batch([4, 3]));
    expect([again.weight!.buffer, again.input.buffer]).toEqual([reused.weight!.buffer, reused.input.buffer]);
    expect(again.weight).toBe(reused.weight);
  });

  it.each([
    ['weights', [1, 2]],
    ['weights[1]', [1, -1, 1, 1, 1]],
    ['weights[2]', [1, 1, Number.NaN, 1, 1]],
    ['weights[0]', [1e39, 1, 1, 1, 1]],
  ])('refuses wrong `%s`', (argument, weights) => {
    expect(() => weighWindows(windows, weights)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});

describe('drawWindows', () => {
  it('draws each window as often as its weight says', () => {
    const steps = 4000;
    let step = 0;
    // Evenly spread numbers in place of random ones make the shares exact.
    const uniform = (): number => (step++ + 0.5) / steps;
    const drawn = drawWindows(windows, { weights: [1, 0, 2, 1, 0], count: steps, uniform });
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < drawn.length; i++) counts[drawn.origin(i).row]!++;
    expect(counts).toEqual([1000, 0, 2000, 1000, 0]);
  });

  it('never draws a window of weight 0, whatever the generator gives', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 });
    const uniform = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(weights, uniform, (each, number) => {
        fc.pre(each.some((weight) => weight > 0));
        const drawn = drawWindows(windows, { weights: each, count: 1, uniform: () => number });
        expect(each[drawn.origin(0).row]).toBeGreaterThan(0);
      }),
    );
  });

  it('draws as many as there are, and none of none', () => {
    expect(drawWindows(windows, { weights: [1, 1, 1, 1, 1], uniform: () => 0 })).toHaveLength(5);
    expect(drawWindows(subsetWindows(windows, []), { weights: [], uniform: () => 0 })).toHaveLength(0);
  });

  it.each<[string, object]>([
    ['weights', { weights: [0, 0, 0, 0, 0], uniform: () => 0 }],
    ['weights[4]', { weights: [0, 0, 0, 0, -1], uniform: () => 0 }],
    ['count', { weights: [1, 1, 1, 1, 1], count: -1, uniform: () => 0 }],
    ['uniform', { weights: [1, 1, 1, 1, 1] }],
    ['options', { weight: [] }],
  ])('refuses a wrong `%s`', (argument, options) => {
    expect(() => drawWindows(windows, options as unknown as DrawWindowsOptions)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});
