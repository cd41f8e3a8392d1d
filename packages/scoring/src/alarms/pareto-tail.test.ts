import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGoldenPeaks } from '../../fixtures/golden-peaks.ts';
import { excessAt, fitParetoTail, type ParetoTail } from './pareto-tail.ts';

describe('fitParetoTail', () => {
  it.each(readGoldenPeaks().tails)("is as likely as scipy's fit: $name", ({ excesses, shape, scale }) => {
    const fitted = fitParetoTail(excesses);
    // The simplex search of the oracle leaves its parameters about this far from the maximum.
    expect(Math.abs(fitted.shape - shape)).toBeLessThan(1e-6);
    expect(Math.abs(fitted.scale / scale - 1)).toBeLessThan(1e-6);
  });
  it('is the exponential distribution where nothing else is a fit', () => {
    expect(fitParetoTail([2])).toEqual({ shape: 0, scale: 2 });
    expect(fitParetoTail([1, 1, 1])).toEqual({ shape: 0, scale: 1 });
  });
  it('scales with the excesses', () => {
    const { excesses } = readGoldenPeaks().tails[0]!;
    const { shape, scale } = fitParetoTail(excesses);
    for (const factor of [2 ** -400, 2 ** 300]) {
      const scaled = fitParetoTail(excesses.map((excess) => factor * excess));
      expect(scaled.shape).toBe(shape);
      expect(scaled.scale / factor).toBeCloseTo(scale, 12);
    }
  });
  it('is finite for any excesses, and its quantiles too', () => {
    const excess = fc.double({ min: Number.MIN_VALUE, max: 1e150, noNaN: true });
    fc.assert(
      fc.property(fc.array(excess, { minLength: 1, maxLength: 30 }), (excesses) => {
        const tail = fitParetoTail(excesses);
        expect(Number.isFinite(tail.shape)).toBe(true);
        expect(tail.scale).toBeGreaterThan(0);
        expect(excessAt(tail, 1e-9)).toBeGreaterThan(excessAt(tail, 0.5));
      }),
    );
  });
});

describe('fitParetoTail of any excesses', () => {
  /** The mean log-likelihood of a tail. */
  function likelihood({ shape, scale }: ParetoTail, excesses: readonly number[]): number {
    const each = excesses.map((y) =>
      shape === 0 ? y / scale : (1 + 1 / shape) * Math.log1p((shape * y) / scale),
    );
    return -Math.log(scale) - each.reduce((sum, term) => sum + term, 0) / excesses.length;
  }
  const excess = fc.integer({ min: 1, max: 1000 }).map((each) => each / 100);
  it('is at least as likely as the exponential distribution, and as other heavy tails', () => {
    fc.assert(
      fc.property(
        fc.array(excess, { minLength: 2, maxLength: 8 }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        (excesses, shape, scale) => {
          const found = likelihood(fitParetoTail(excesses), excesses);
          const mean = excesses.reduce((sum, each) => sum + each, 0) / excesses.length;
          expect(found).toBeGreaterThanOrEqual(likelihood({ shape: 0, scale: mean }, excesses) - 1e-9);
          expect(found).toBeGreaterThanOrEqual(likelihood({ shape, scale }, excesses) - 1e-9);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('excessAt', () => {
  it.each([
    [{ shape: 0, scale: 2 }, 0.25, 2 * Math.log(4)],
    [{ shape: 0.5, scale: 2 }, 0.25, (2 / 0.5) * (0.25 ** -0.5 - 1)],
    [{ shape: -1, scale: 2 }, 0.25, 2 * 0.75],
    [{ shape: 0.5, scale: 2 }, 1, 0],
  ])('of %j at odds of %d is the closed form', (tail, odds, excess) => {
    expect(excessAt(tail, odds)).toBeCloseTo(excess, 12);
  });
});
