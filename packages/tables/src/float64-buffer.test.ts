import { describe, expect, it } from 'vitest';
import { Float64Buffer } from './float64-buffer.ts';

describe('Float64Buffer', () => {
  it.each([0, 1, 16, 17, 16_384, 16_385, 40_000])(
    'get(index) returns what was pushed, of %i values',
    (length) => {
      const buffer = new Float64Buffer();
      for (let i = 0; i < length; i++) buffer.push(i / 3);
      expect(buffer.length).toBe(length);
      const indices = new Uint32Array(length).map((_, i) => length - 1 - i);
      expect(buffer.select(indices)).toEqual(Float64Array.from(indices, (i) => i / 3));
    },
  );
});
