import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGolden } from '../../fixtures/golden.ts';
import { stackedWindows, wholeBatch } from '../../fixtures/stacked-windows.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { pca } from './pca.ts';

const waves = Array.from({ length: 240 }, (_, cell) => Math.sin(cell ** 2));

describe('pca', () => {
  it.each(readGolden().principal)(
    'equals scikit-learn: $name',
    ({ windows, unseen, lookback, features, ...expected }) => {
      const baseline = pca(stackedWindows(windows, lookback, features), expected.options);
      expect(baseline.components).toBe(expected.components);
      expect(baseline.explained).toBeCloseTo(expected.explained, 10);
      const retraced = baseline.reconstruct(wholeBatch(stackedWindows(unseen, lookback, features)));
      // The reconstruction is float32.
      expectClose(retraced, expected.retraced, 1e-6);
    },
  );

  it('retraces the windows it was fitted on where it keeps all of the variance', () => {
    const flat = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 36, maxLength: 36 });
    fc.assert(
      fc.property(flat, fc.constantFrom([2, 3], [3, 6]), (flat, shape) => {
        const windows = stackedWindows(flat, shape[0]!, shape[1]!);
        const batch = wholeBatch(windows);
        expectClose(pca(windows, { variance: 1 }).reconstruct(batch), batch.input, 1e-5);
      }),
    );
  });

  it('retraces the better the more components it keeps', () => {
    const windows = stackedWindows(waves, 3, 2);
    const batch = wholeBatch(windows);
    const errors = [1, 2, 3, 4, 5].map((components) =>
      pca(windows, { components })
        .reconstruct(batch)
        .reduce((sum, value, cell) => sum + (value - batch.input[cell]!) ** 2, 0),
    );
    expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    expect(errors[4]).toBeLessThan(errors[0]! / 2);
  });

  it('retraces windows without variance by their mean, with no component', () => {
    const windows = stackedWindows([1, 2, 1, 2, 1, 2], 1, 2);
    const baseline = pca(windows);
    expect(baseline).toMatchObject({ name: 'PCA', components: 0, explained: 1 });
    expect(baseline.reconstruct(wholeBatch(windows))).toEqual(Float32Array.of(1, 2, 1, 2, 1, 2));
  });

  it('retraces a missing cell from the cells that are there', () => {
    const line = Array.from({ length: 40 }, (_, k) => [k / 10, k / 5]).flat();
    const baseline = pca(stackedWindows([...line, 9, Number.NaN], 1, 2), { components: 1 });
    const retraced = baseline.reconstruct(wholeBatch(stackedWindows([3, Number.NaN], 1, 2)));
    // Taking the missing cell for its mean leaves the projection short of the line's 6, but nearer it than the mean 3.9.
    expect(retraced[1]).toBeGreaterThan(4.2);
    expect(retraced[1]).toBeLessThan(6);
    expect(retraced.every(Number.isFinite)).toBe(true);
  });

  it('fits on maxWindows windows, and gives the same each time', () => {
    const windows = stackedWindows(waves, 2, 2);
    const batch = wholeBatch(windows);
    const some = pca(windows, { maxWindows: 20 });
    expect(pca(windows, { maxWindows: 20 }).reconstruct(batch)).toEqual(some.reconstruct(batch));
    expect(some.reconstruct(batch)).not.toEqual(pca(windows).reconstruct(batch));
  });

  it.each([
    ['no windows', [], {}, 'RETRACE_TOO_FEW_WINDOWS'],
    ['one window', [1, 2], {}, 'RETRACE_TOO_FEW_WINDOWS'],
    ['a variance of 0', [1, 2, 3, 4], { variance: 0 }, 'RETRACE_INVALID_ARGUMENT'],
    ['more components than windows', [1, 2, 3, 4], { components: 3 }, 'RETRACE_INVALID_ARGUMENT'],
    ['components and variance', [1, 2, 3, 4], { components: 1, variance: 0.5 }, 'RETRACE_INVALID_ARGUMENT'],
    ['a maxWindows of 1', [1, 2, 3, 4], { maxWindows: 1 }, 'RETRACE_INVALID_ARGUMENT'],
    ['a misspelt option', [1, 2, 3, 4], { component: 1 }, 'RETRACE_INVALID_ARGUMENT'],
  ])('refuses %s', (_, flat, options, code) => {
    const windows = stackedWindows(flat, 1, 2);
    expect(thrownBy(() => Reflect.apply(pca, undefined, [windows, options])).code).toBe(code);
  });

  it('refuses a batch of windows of another size', () => {
    const baseline = pca(stackedWindows(waves, 3, 2));
    const error = thrownBy(() => baseline.reconstruct(wholeBatch(stackedWindows(waves, 2, 2))));
    expect(error.details).toMatchObject({ argument: 'batch.input' });
  });
});
