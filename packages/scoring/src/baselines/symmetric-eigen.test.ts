import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGolden } from '../../fixtures/golden.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

describe('symmetricEigen', () => {
  it.each(readGolden().eigen)("equals numpy's eigvalsh for size $size", ({ size, matrix, values }) => {
    expectClose(symmetricEigen(Float64Array.from(matrix), size).values, values);
  });

  it('returns orthonormal vectors that rebuild any symmetric matrix', () => {
    const numbers = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const matrices = fc
      .integer({ min: 1, max: 9 })
      .chain((size) =>
        fc.tuple(fc.constant(size), fc.array(numbers, { minLength: size ** 2, maxLength: size ** 2 })),
      );
    fc.assert(
      fc.property(matrices, ([size, numbers]) => {
        const matrix = Float64Array.from(numbers, (_, cell) => {
          const [i, j] = [Math.floor(cell / size), cell % size];
          return numbers[Math.max(i, j) * size + Math.min(i, j)]!;
        });
        const { values, vectors } = symmetricEigen(matrix, size);
        const largest = Math.max(...matrix.map(Math.abs));
        // Of matrices of the smallest numbers, each value and each product is rounded to a whole one of them.
        const tolerance = size * (1e-13 * largest + 2 * Number.MIN_VALUE);
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            let [rebuilt, inner] = [0, 0];
            for (let k = 0; k < size; k++) {
              rebuilt += values[k]! * vectors[k * size + i]! * vectors[k * size + j]!;
              inner += vectors[i * size + k]! * vectors[j * size + k]!;
            }
            expect(Math.abs(rebuilt - matrix[i * size + j]!)).toBeLessThanOrEqual(tolerance);
            expect(inner).toBeCloseTo(i === j ? 1 : 0, 12);
          }
        }
      }),
    );
  });

  it.each([
    ['zeros', [0, 0, 0, 0], [0, 0]],
    ['the identity', [1, 0, 0, 1], [1, 1]],
    ['rank one', [1, 1, 1, 1], [2, 0]],
    ['huge numbers', [0, 1e300, 1e300, 0], [1e300, -1e300]],
    ['tiny numbers', [0, 1e-300, 1e-300, 0], [1e-300, -1e-300]],
    ['the smallest numbers', [0, -1.5e-323, -1.5e-323, 0], [1.5e-323, -1.5e-323]],
    ['numbers of many sizes', [1, 1e-160, 1e-160, 1e-320], [1, 1e-320]],
  ])('decomposes %s', (_, matrix, values) => {
    const found = symmetricEigen(Float64Array.from(matrix), 2).values;
    expectClose(found, values, Math.abs(values[0]!) * 1e-15);
  });

  it('decomposes 120 × 120 in under a second', () => {
    const size = 120;
    const matrix = Float64Array.from({ length: size ** 2 }, (_, cell) =>
      Math.sin(Math.floor(cell / size) * (cell % size)),
    );
    const before = performance.now();
    const { values } = symmetricEigen(matrix, size);
    expect(performance.now() - before).toBeLessThan(1000);
    const trace = matrix.reduce((sum, value, cell) => sum + (cell % (size + 1) === 0 ? value : 0), 0);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(trace, 10);
  });

  it('refuses a matrix that is not finite', () => {
    const error = thrownBy(() => symmetricEigen(Float64Array.of(1, Number.NaN, Number.NaN, 1), 2));
    expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
  });
});
