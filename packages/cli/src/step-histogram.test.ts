import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StepHistogram } from './step-histogram.ts';

describe('StepHistogram', () => {
  it('gives the quantiles of the steps it was told, and counts those in a range', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(steps, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, q) => {
        const histogram = new StepHistogram();
        for (const step of list) histogram.add(step);
        const found = histogram.quantile(q);
        const below = list.filter((step) => step <= found).length;
        expect(list).toContain(found);
        expect(below).toBeGreaterThanOrEqual(q * list.length);
        expect(list.filter((step) => step < found).length).toBeLessThan(q * list.length);
        expect(histogram.between(10, 20)).toBe(list.filter((step) => step >= 10 && step <= 20).length);
        expect(histogram.total).toBe(list.length);
      }),
    );
  });

  it('rounds to three digits where there are too many different steps to keep', () => {
    const histogram = new StepHistogram();
    for (let i = 0; i < 200_000; i++) histogram.add(1000 + i * 0.001);
    expect(histogram.quantile(0.5)).toBe(1100);
    expect(histogram.between(0, 2000)).toBe(200_000);
  });

  it('has no quantile of no step', () => {
    expect(new StepHistogram().quantile(0.5)).toBeNaN();
  });
});
