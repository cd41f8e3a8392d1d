import { describe, expect, it } from 'vitest';
import { elementWeights } from './element-weights.ts';

const shape = { size: 2, steps: 2, features: 2 };

describe('elementWeights(options)', () => {
  it('has no array where every element counts 1', () => {
    expect(elementWeights(shape)).toEqual({ channels: 1, total: 8 });
  });

  it('of a mask and window weights has one channel, and counts each for all features', () => {
    const mask = Uint8Array.of(0, 1, 1, 1);
    const { values, channels, total } = elementWeights({ ...shape, mask, weight: Float32Array.of(1, 0.5) });
    expect(values).toEqual(Float32Array.of(0, 1, 0.5, 0.5));
    expect([channels, total]).toEqual([1, 4]);
  });

  it('of observed cells has a channel for each feature', () => {
    const observed = Uint8Array.of(1, 0, 1, 1, 0, 0, 1, 1);
    const mask = Uint8Array.of(1, 0, 1, 1);
    const { values, channels, total } = elementWeights({
      ...shape,
      mask,
      observed,
      weight: Float32Array.of(1, 2),
    });
    expect(values).toEqual(Float32Array.of(1, 0, 0, 0, 0, 0, 2, 2));
    expect([channels, total]).toEqual([2, 5]);
  });
});
