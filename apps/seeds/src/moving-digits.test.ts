import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framePixels, frames, movingDigits } from './moving-digits.ts';

/** One image, every pixel of which has a value of its own. */
const images = {
  length: 1,
  pixels: Float32Array.from({ length: 64 }, (_, k) => (k + 1) / 64),
  digits: Uint8Array.of(0),
};
const windows = movingDigits({ images, chosen: [0], length: 1000, seed: 3 });

describe('movingDigits', () => {
  it('moves the whole digit by at most a pixel a frame along each axis, never resting on both, within the frame', () => {
    fc.assert(
      fc.property(fc.nat(999), (index) => {
        const { input, target } = windows.batch([index]);
        const all = [...input, ...target!];
        const places = Array.from({ length: 2 * frames }, (_, frame) => {
          const pixels = all.slice(frame * framePixels, (frame + 1) * framePixels);
          const at = pixels.indexOf(images.pixels[0]!);
          for (let row = 0; row < 8; row++) {
            expect(pixels.slice(at + row * 16, at + row * 16 + 8)).toEqual([
              ...images.pixels.slice(row * 8, row * 8 + 8),
            ]);
          }
          expect(pixels.filter((value) => value !== 0)).toHaveLength(64);
          return [at % 16, Math.floor(at / 16)] as const;
        });
        for (const [frame, [x, y]] of places.entries()) {
          expect(x <= 8 && y <= 8).toBe(true);
          if (frame === 0) continue;
          const [dx, dy] = [x - places[frame - 1]![0], y - places[frame - 1]![1]].map(Math.abs);
          expect(Math.max(dx!, dy!)).toBe(1);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('makes a window of the seed and its index alone', () => {
    const [a, b] = [windows.batch([5, 9]), windows.batch([9])];
    expect(a.input.slice(frames * framePixels)).toEqual(b.input);
    const other = movingDigits({ images, chosen: [0], length: 1000, seed: 4 });
    expect(other.batch([9]).input).not.toEqual(b.input);
  });
});
