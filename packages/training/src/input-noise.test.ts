import { describe, expect, it } from 'vitest';
import { type NoiseSpec, parseNoise, withNoise } from './input-noise.ts';

const input = new Float32Array(20_000).fill(5);
const at = { seed: 1, step: 3 };

describe('withNoise', () => {
  it('adds Gaussian noise of the deviation asked for, and drops the share asked for', () => {
    const noisy = withNoise({ input }, { deviation: 0.5, drop: 0.2 }, at);
    const kept = noisy.filter((value) => value !== 0);
    // Four standard errors of a share, a mean and a deviation of so many draws.
    expect(Math.abs(1 - kept.length / input.length - 0.2)).toBeLessThan(0.012);
    const mean = kept.reduce((sum, value) => sum + value, 0) / kept.length;
    const deviation = Math.sqrt(kept.reduce((sum, value) => sum + (value - mean) ** 2, 0) / kept.length);
    expect(Math.abs(mean - 5)).toBeLessThan(0.016);
    expect(Math.abs(deviation - 0.5)).toBeLessThan(0.012);
    expect(input.every((value) => value === 5)).toBe(true);
  });

  it('is the same for a seed and a step, another for others', () => {
    const noise = { deviation: 1, drop: 0 };
    expect(withNoise({ input }, noise, at)).toEqual(withNoise({ input }, noise, at));
    expect(withNoise({ input }, noise, { ...at, step: 4 })).not.toEqual(withNoise({ input }, noise, at));
    expect(withNoise({ input }, noise, { ...at, seed: 2 })).not.toEqual(withNoise({ input }, noise, at));
  });

  it('leaves missing cells as they are', () => {
    const some = { input: Float32Array.of(1, 0, 3), observed: Uint8Array.of(1, 0, 1) };
    expect(withNoise(some, { deviation: 1, drop: 0 }, at)[1]).toBe(0);
  });
});

describe('parseNoise', () => {
  it('fills in the defaults', () => {
    expect(parseNoise({ drop: 0.1 })).toEqual({ deviation: 0, drop: 0.1 });
    expect(parseNoise(undefined)).toBeUndefined();
  });

  it.each([
    ['noise.deviation', { deviation: -1 }],
    ['noise.drop', { drop: 1 }],
    ['noise', { dropout: 0.1 }],
  ])('refuses a wrong `%s`', (argument, noise) => {
    expect(() => parseNoise(noise as NoiseSpec)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});
