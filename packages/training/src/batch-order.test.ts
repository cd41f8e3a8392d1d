import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchOrder } from './batch-order.ts';

const dealt = (length: number, batchSize: number, seed: number, epoch: number, shuffle = true) =>
  [...batchOrder(length, { batchSize, shuffle, seed, epoch })].map((batch) => Array.from(batch));

describe('batchOrder(length, { batchSize, shuffle, seed, epoch })', () => {
  it('deals every window once, in full batches but the last', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 64 }),
        fc.nat(),
        fc.integer({ min: 1, max: 1000 }),
        (length, batchSize, seed, epoch) => {
          const batches = dealt(length, batchSize, seed, epoch);
          expect(batches.flat().sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, index) => index));
          expect(batches.slice(0, -1).every((batch) => batch.length === batchSize)).toBe(true);
          expect(batches).toHaveLength(Math.ceil(length / batchSize));
        },
      ),
    );
  });

  it('depends on seed and epoch and on nothing before', () => {
    const third = dealt(50, 8, 1, 3);
    dealt(50, 8, 1, 1);
    expect(dealt(50, 8, 1, 3)).toEqual(third);
    expect(dealt(50, 8, 1, 4)).not.toEqual(third);
    expect(dealt(50, 8, 2, 3)).not.toEqual(third);
  });

  it('with shuffle false deals in ascending order', () => {
    expect(dealt(5, 2, 9, 1, false)).toEqual([[0, 1], [2, 3], [4]]);
  });
});
