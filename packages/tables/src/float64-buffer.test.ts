import { describe, expect, it } from 'vitest';
import { Float64Buffer } from './float64-buffer.ts';

describe('Float64Buffer', () => {
  it.each([
    [0, 1],
    [1, 1],
    [17, 3],
    [16_384, 16_384],
    [16_385, 5000],
    [100_000, 40_000],
  ])('gives back %i values that were appended %i at a time', (length, step) => {
    const all = Float64Array.from({ length }, (_, i) => i / 3);
    const buffer = new Float64Buffer();
    for (const round of [1, 2]) {
      for (let at = 0; at < length; at += step) buffer.append(all.subarray(at, at + step));
      expect(buffer.length, `round ${round}`).toBe(length);
      expect(Array.from(all, (_, i) => buffer.get(i))).toEqual([...all]);
      const moved = new Float64Array(length);
      buffer.moveInto(moved);
      expect(moved).toEqual(all);
      expect(buffer.length).toBe(0);
    }
  });

  it('moveInto(target, offset, stride) leaves what lies between as it was', () => {
    const buffer = new Float64Buffer();
    buffer.append(Float64Array.of(1, 2));
    const target = new Float64Array(5).fill(9);
    buffer.moveInto(target, 1, 2);
    expect([...target]).toEqual([9, 1, 9, 2, 9]);
  });
});
