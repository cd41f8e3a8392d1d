import { createRandom } from '@retrace/random';
import { describe, expect, it } from 'vitest';
import { glorotUniform, lstmBias, orthogonal } from './initializers.ts';

describe('orthogonal', () => {
  it.each([
    [4, 16],
    [16, 4],
    [7, 7],
    [1, 5],
  ])('of [%i, %i] has an orthonormal shorter side', (rows, columns) => {
    const q = orthogonal(rows, columns, createRandom(3));
    const count = Math.min(rows, columns);
    const at = (vector: number, k: number) =>
      rows <= columns ? q[vector * columns + k]! : q[k * columns + vector]!;
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) {
        let product = 0;
        for (let k = 0; k < Math.max(rows, columns); k++) product += at(a, k) * at(b, k);
        // float32 storage of a float64 basis
        expect(product).toBeCloseTo(a === b ? 1 : 0, 6);
      }
    }
  });
});

describe('glorotUniform', () => {
  it('fills ±√(6 / (rows + columns)) evenly', () => {
    const limit = Math.sqrt(6 / (50 + 200));
    const values = glorotUniform(50, 200, createRandom(3));
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(limit));
    // 10 000 draws: the relative standard error of the variance of a uniform is √(0.8 / n) = 0.9 %
    expect(variance / (limit ** 2 / 3)).toBeGreaterThan(0.96);
    expect(variance / (limit ** 2 / 3)).toBeLessThan(1.04);
  });
});

describe('lstmBias', () => {
  it('is one for the forget gate alone', () => {
    expect([...lstmBias(2)]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  });
});
