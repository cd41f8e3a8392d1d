import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropoutMask, uniformAt } from './dropout-mask.ts';
import { createRandom } from './random.ts';

const at = { seed: 7, step: 3, layer: 2 };

describe('uniformAt', () => {
  it('is the words of Philox with the counter it documents', () => {
    const stream = createRandom({
      algorithm: 'philox4x32-10',
      key: [7, 0],
      stream: [2, 0x64726f70],
      position: 3 * 2 ** 34,
    });
    const words = Array.from({ length: 10 }, () => stream.uint32() * 2 ** -32);
    expect(Array.from({ length: 10 }, (_, i) => uniformAt(at, i))).toEqual(words);
  });
  it('differs in every coordinate', () => {
    const values = [
      at,
      { ...at, seed: 8 },
      { ...at, step: 4 },
      { ...at, layer: 3 },
      { ...at, seed: 7 + 2 ** 40 },
    ];
    expect(new Set(values.map((position) => uniformAt(position, 0))).size).toBe(values.length);
  });
  it.each([{ seed: -1 }, { step: 2 ** 32 }, { layer: 0.5 }, { epoch: 1 }])('refuses %o', (wrong) => {
    expect(() => uniformAt({ ...at, ...wrong }, 0)).toThrow(/must be an (integer|object without)/);
  });
});

describe('dropoutMask', () => {
  it('is 0 exactly where uniformAt is below the rate, at any length', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.nat(),
        (length, rate, step) => {
          const mask = dropoutMask({ ...at, step }, length, rate);
          const expected = Array.from(mask, (_, i) =>
            uniformAt({ ...at, step }, i) < rate ? 0 : 1 / (1 - rate),
          );
          expect(mask).toEqual(Float32Array.from(expected));
        },
      ),
    );
  });
  it('drops the stated share and keeps the mean at 1', () => {
    const mask = dropoutMask(at, 100_000, 0.3);
    // The mean's standard error is sqrt(rate / (1 - rate) / n) = 0.0021; four of them.
    expect(Math.abs(mask.reduce((sum, value) => sum + value, 0) / mask.length - 1)).toBeLessThan(0.0083);
  });
  it('fills and returns the array it is given', () => {
    const into = new Float32Array(5);
    expect(dropoutMask(at, 5, 0.5, into)).toBe(into);
    expect(into).toEqual(dropoutMask(at, 5, 0.5));
  });
  it.each([
    [5, 1],
    [5, -0.1],
    [5, Number.NaN],
    [-1, 0.5],
  ])('refuses length %d with rate %d', (length, rate) => {
    expect(() => dropoutMask(at, length, rate)).toThrow(
      expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT' }),
    );
  });
  it('refuses an array of another length', () => {
    expect(() => dropoutMask(at, 5, 0.5, new Float32Array(4))).toThrow(
      '`into` must be a Float32Array of length 5',
    );
  });
});
