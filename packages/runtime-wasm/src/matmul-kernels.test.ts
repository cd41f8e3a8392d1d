import type { Runtime } from '@retrace/ops/runtime';
import { matMul, memory, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWasm } from './index.ts';

const size = fc.oneof(fc.constantFrom(1, 3, 4, 5, 7, 8, 9, 127), fc.integer({ min: 1, max: 40 }));
const problem = fc.record({
  rows: size,
  columns: size,
  depth: fc.oneof(size, fc.constantFrom(255, 256, 257, 600)),
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  batches: fc.constantFrom(undefined, 1, 3),
});
const pattern = (length: number, seed: number) =>
  Float32Array.from({ length }, (_, k) => ((k * 2654435761 + seed * 40503) % 1000) / 500 - 1);

describe.each([1, 3])('matMul(a, b, transposeA, transposeB) on %d threads', (threads) => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await startWasm({ threads });
  });
  afterAll(() => runtime.dispose());

  it('is the sum of products, at any size, in all four layouts', () => {
    fc.assert(
      fc.property(problem, ({ rows, columns, depth, transposeA, transposeB, batches }) => {
        const leading = batches === undefined ? [] : [batches];
        const count = batches ?? 1;
        const a = pattern(count * rows * depth, 1);
        const b = pattern(count * depth * columns, 2);
        const product = tidy(() =>
          matMul(
            tensor(a.slice(), [...leading, ...(transposeA ? [depth, rows] : [rows, depth])]),
            tensor(b.slice(), [...leading, ...(transposeB ? [columns, depth] : [depth, columns])]),
            transposeA,
            transposeB,
          ).dataSync(),
        );
        let worst = 0;
        for (let n = 0; n < count; n++)
          for (let i = 0; i < rows; i++)
            for (let j = 0; j < columns; j++) {
              let sum = 0;
              for (let k = 0; k < depth; k++)
                sum +=
                  a[n * rows * depth + (transposeA ? k * rows + i : i * depth + k)]! *
                  b[n * depth * columns + (transposeB ? j * depth + k : k * columns + j)]!;
              worst = Math.max(worst, Math.abs(product[(n * rows + i) * columns + j]! - sum));
            }
        // Rounding of a float32 sum of `depth` terms of at most 1.
        expect(worst).toBeLessThan(1e-6 * (10 + depth));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps to the cpu backend where it has no kernel: other types, axes to broadcast', () => {
    const integers = tidy(() =>
      matMul(tensor([1, 2], [1, 2], 'int32'), tensor([3, 4], [2, 1], 'int32')).dataSync(),
    );
    expect(Array.from(integers)).toEqual([11]);
    const broadcast = tidy(() =>
      matMul(tensor([1, 2, 3, 4], [2, 1, 2]), tensor([1, 1], [1, 2, 1])).dataSync(),
    );
    expect(Array.from(broadcast)).toEqual([3, 7]);
  });

  it('leaves neither tensors nor memory behind', () => {
    const multiply = () => tidy(() => void matMul(tensor([1, 2], [1, 2]), tensor([3, 4], [2, 1])));
    multiply();
    const before = memory().numTensors;
    for (let k = 0; k < 100; k++) multiply();
    expect(memory().numTensors).toBe(before);
  });

  it('gives NaN for NaN', () => {
    const products: Tensor = matMul(tensor([Number.NaN, 1], [2, 1]), tensor([1], [1, 1]));
    expect(Array.from(products.dataSync())).toEqual([Number.NaN, 1]);
    products.dispose();
  });
});
