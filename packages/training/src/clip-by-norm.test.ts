import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { clipByNorm } from './clip-by-norm.ts';

beforeAll(() => setBackend('cpu'));

describe('clipByNorm(gradients, norm, clipNorm)', () => {
  it('scales all gradients alike where the norm is larger', () => {
    tidy(() => {
      const clipped = clipByNorm({ a: tensor([3]), b: tensor([4]) }, 5, 1);
      // Products of float32 numbers, rounded once.
      expect(clipped.a!.dataSync()[0]).toBeCloseTo(0.6, 6);
      expect(clipped.b!.dataSync()[0]).toBeCloseTo(0.8, 6);
    });
  });

  it('returns the gradients themselves where it is not', () => {
    const before = memory().numTensors;
    const gradients = { a: tensor([3]) };
    expect(clipByNorm(gradients, 3, 3)).toBe(gradients);
    gradients.a.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
