import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRuns, isOneRunOfOnes } from './parquet-runs.ts';

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

/** Writes runs as the specification has them: repeated values, and groups of eight packed from the lowest bit on. */
function encode(
  runs: readonly (readonly [count: number, value: number] | readonly number[])[],
  width: number,
) {
  return Uint8Array.from(
    runs.flatMap((run) => {
      if (run.length === 2) {
        const [count, value] = run as [number, number];
        const bytes = Array.from({ length: Math.ceil(width / 8) }, (_, i) => (value >>> (8 * i)) & 255);
        return [...varint(2 * count), ...bytes];
      }
      const bits = run.flatMap((value) => Array.from({ length: width }, (_, i) => (value >>> i) & 1));
      const bytes = Array.from({ length: bits.length / 8 }, (_, i) =>
        bits.slice(8 * i, 8 * i + 8).reduceRight((byte, bit) => 2 * byte + bit, 0),
      );
      return [...varint(2 * (run.length / 8) + 1), ...bytes];
    }),
  );
}

describe('decodeRuns', () => {
  it('decodes what was encoded, in runs and groups of any width', () => {
    const table = fc.integer({ min: 0, max: 24 }).chain((width) => {
      const value = fc.nat(2 ** width - 1);
      const repeated = fc.tuple(fc.integer({ min: 0, max: 300 }), value);
      const packed = fc
        .integer({ min: 1, max: 3 })
        .chain((groups) => fc.array(value, { minLength: 8 * groups, maxLength: 8 * groups }));
      return fc.record({
        width: fc.constant(width),
        runs: fc.array(fc.oneof(repeated, packed), { maxLength: 6 }),
      });
    });
    fc.assert(
      fc.property(table, ({ width, runs }) => {
        const values = runs.flatMap((run) => (run.length === 2 ? new Array(run[0]!).fill(run[1]!) : run));
        expect([...decodeRuns(encode(runs, width), width, values.length)]).toEqual(values);
      }),
      { numRuns: 500 },
    );
  });

  it('writes no more than it is asked for, whatever a run claims', () => {
    expect([...decodeRuns(encode([[2 ** 30, 1]], 1), 1, 3)]).toEqual([1, 1, 1]);
  });

  it.each([
    ['no bytes', [], 1, 1],
    ['a header that never ends', new Array(20).fill(255), 1, 1],
    ['a run without its value', [2], 1, 1],
    ['groups cut short', [3], 8, 8],
    ['numbers too wide', [2, 0, 0, 0, 0], 32, 1],
  ])('refuses %s', (_, bytes, width, count) => {
    expect(() => decodeRuns(Uint8Array.from(bytes), width, count)).toThrow(/breaks off|32 bits/);
  });
});

describe('isOneRunOfOnes', () => {
  it.each([
    [[6, 1], 3, true],
    [[...varint(2_000_000), 1], 1_000_000, true],
    [[6, 0], 3, false],
    [[4, 1, 2, 1], 3, false],
    [[3, 7], 3, false],
    [[], 3, false],
  ])('of %j for %i bits is %s', (bytes, count, expected) => {
    expect(isOneRunOfOnes(Uint8Array.from(bytes), count)).toBe(expected);
  });
});
