import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossesOf, lossOf, mergeMeans, type TermMean } from './term-mean.ts';

describe('mergeMeans(soFar, more)', () => {
  it('gives the mean over all elements, however they are dealt into batches', () => {
    const element = fc.record({ value: fc.double({ min: 0, max: 100, noNaN: true }), batch: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(element, { minLength: 1 }), (elements) => {
        let merged: TermMean[] = [];
        for (let batch = 0; batch <= 4; batch++) {
          const values = elements.filter((one) => one.batch === batch).map(({ value }) => value);
          const mean = values.length === 0 ? 0 : values.reduce((sum, value) => sum + value) / values.length;
          merged = mergeMeans(merged, [{ name: 'a', coefficient: 1, mean, total: values.length }]);
        }
        const all = elements.reduce((sum, { value }) => sum + value, 0) / elements.length;
        // Sums of at most ten numbers up to 100, in another order.
        expect(merged[0]!.mean).toBeCloseTo(all, 9);
        expect(merged[0]!.total).toBe(elements.length);
      }),
    );
  });

  it('is 0 where nothing weighs', () => {
    const nothing = [{ name: 'a', coefficient: 1, mean: 0, total: 0 }];
    expect(mergeMeans(nothing, nothing)).toEqual(nothing);
  });
});

describe('lossOf(means)', () => {
  it('sums the terms by their coefficients', () => {
    expect(
      lossOf([
        { name: 'a', coefficient: 1, mean: 2, total: 9 },
        { name: 'a', coefficient: 0.5, mean: 4, total: 1 },
      ]),
    ).toBe(4);
  });
});

describe('lossesOf(means)', () => {
  it('gives each mean by its name, before its coefficient', () => {
    const means = ['a', 'b'].map((name, k) => ({ name, coefficient: 0.5, mean: k + 2, total: 9 }));
    expect(lossesOf(means)).toEqual({ a: 2, b: 3 });
  });
});
