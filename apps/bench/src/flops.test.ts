import { describe, expect, it } from 'vitest';
import { flops } from './flops.ts';

describe('flops(shape, phase)', () => {
  const shape = { timesteps: 3, features: 5, units: 7, batch: 11 };

  it('of inference counts each product once', () => {
    const recurrent = 2 * (2 * 11 * 2 * 7 * 28);
    expect(flops(shape, 'infer')).toBe(
      recurrent + 2 * 11 * 3 * 5 * 28 + 2 * 11 * 7 * 28 + 2 * 11 * 3 * 7 * 5,
    );
  });

  it('of training counts it three times, but for the gradient of the data, which nobody wants', () => {
    expect(flops(shape, 'train')).toBe(3 * flops(shape, 'infer') - 2 * 11 * 3 * 5 * 28);
  });
});
