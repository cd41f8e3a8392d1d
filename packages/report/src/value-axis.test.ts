import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreAxis } from './score-axis.ts';
import { extent, linearAxis, logAxis } from './value-axis.ts';

describe('linearAxis', () => {
  it.each([
    [
      [0, 10],
      ['0', '2', '4', '6', '8', '10'],
    ],
    [
      [-0.1, 0.42],
      ['0', '0.2', '0.4'],
    ],
    [
      [5, 5],
      ['3', '4', '5', '6', '7'],
    ],
    [
      [0, 0],
      ['−1.0', '−0.5', '0', '0.5', '1.0'],
    ],
    [
      [1.7e9, 1.7e9 + 100],
      ['1.70000000e9', '1.70000002e9', '1.70000004e9', '1.70000006e9', '1.70000008e9', '1.70000010e9'],
    ],
  ] as [[number, number], string[]][])('of %j is ticked at round values that differ', (range, labels) => {
    expect(linearAxis(range).labels).toEqual(labels);
  });

  it('holds any finite range with finite ticks inside it', () => {
    const value = fc.double({ min: -1e300, max: 1e300, noNaN: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const range = [Math.min(a, b), Math.max(a, b)] as const;
        const { domain, ticks, labels } = linearAxis(range);
        expect(domain[0] <= range[0] && range[1] <= domain[1] && domain[0] < domain[1]).toBe(true);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(9);
        expect(new Set(labels).size).toBe(labels.length);
      }),
    );
  });
});

describe('logAxis', () => {
  it('is ticked at powers of ten, and between them where there are few', () => {
    expect(logAxis([0.01, 900]).ticks).toEqual([0.01, 0.1, 1, 10, 100, 1000]);
    expect(logAxis([0.03, 1]).ticks).toEqual([0.05, 0.1, 0.2, 0.5, 1]);
  });
});

describe('scoreAxis', () => {
  it('is linear while the threshold can be seen beside the peak', () => {
    expect(scoreAxis([0, 1, 19], [1])).toMatchObject({ axis: { type: 'linear' }, floor: -Infinity });
    expect(scoreAxis([0, 1e6], []).axis.type).toBe('linear');
    expect(scoreAxis([-5, 1e6], [0]).axis.type).toBe('linear');
  });
  it('is logarithmic beyond that, down to a hundredth of the threshold', () => {
    const { axis, floor } = scoreAxis([0, 1, 5000, Number.NaN], [2, 40]);
    expect(floor).toBe(0.02);
    expect(axis.type).toBe('log');
    expect(axis.domain[0]).toBeLessThan(0.02);
    expect(axis.domain[1]).toBeGreaterThan(5000);
  });
});

describe('extent', () => {
  it('passes over NaN, and is undefined where nothing is left', () => {
    expect(extent([3, Number.NaN], [-1])).toEqual([-1, 3]);
    expect(extent([Number.NaN], [])).toBeUndefined();
  });
});
