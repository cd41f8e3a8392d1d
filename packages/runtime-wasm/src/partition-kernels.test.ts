import { range, reshape, split, type Tensor, tensor, unstack } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasm } from './index.ts';

beforeAll(async () => {
  await startWasm();
});

/** The part of a row-major array of numbers 0, 1, … that begins at `start` on `axis`. */
function part(shape: number[], axis: number, start: number, size: number): number[] {
  const inner = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
  const count = shape.reduce((product, length) => product * length, 1);
  return Array.from({ length: count }, (_, index) => index).filter((index) => {
    const position = Math.floor(index / inner) % shape[axis]!;
    return position >= start && position < start + size;
  });
}

const shapeAndAxis = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
  .chain((shape) => fc.record({ shape: fc.constant(shape), axis: fc.nat(shape.length - 1) }));
const numbers = (x: Tensor) => Array.from(x.dataSync());
const counted = (shape: number[], dtype: 'float32' | 'int32' = 'float32') =>
  reshape(
    range(
      0,
      shape.reduce((product, length) => product * length, 1),
      1,
      dtype,
    ),
    shape,
  );

describe('unstack(x, axis)', () => {
  it('takes any tensor apart along any axis', () => {
    fc.assert(
      fc.property(shapeAndAxis, ({ shape, axis }) => {
        const parts = unstack(counted(shape), axis);
        expect(parts.map(numbers)).toEqual(parts.map((_, index) => part(shape, axis, index, 1)));
        for (const { shape: own } of parts) expect(own).toEqual(shape.toSpliced(axis, 1));
      }),
    );
  });

  it('takes strings apart, which live outside the heap', () => {
    const parts = unstack(tensor(['a', 'b', 'c', 'd'], [2, 2]), 1);
    expect(parts.map((own) => own.arraySync())).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
  });
});

describe('split(x, sizes, axis)', () => {
  it('takes any tensor apart into parts of any size', () => {
    fc.assert(
      fc.property(shapeAndAxis, fc.nat(4), ({ shape, axis }, cut) => {
        const first = Math.min(cut, shape[axis]! - 1);
        const sizes = first === 0 ? [shape[axis]!] : [first, shape[axis]! - first];
        const parts = split(counted(shape, 'int32'), sizes, axis);
        const starts = sizes.map((_, index) => (index === 0 ? 0 : first));
        expect(parts.map(numbers)).toEqual(
          starts.map((start, index) => part(shape, axis, start, sizes[index]!)),
        );
        expect(parts.map((own) => own.shape)).toEqual(sizes.map((size) => shape.with(axis, size)));
      }),
    );
  });
});
