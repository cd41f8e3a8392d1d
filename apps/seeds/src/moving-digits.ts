import { createRandom } from '@retrace/random';
import type { WindowBatch, Windows } from '@retrace/windowing';
import type { DigitImages } from './digit-images.ts';

/** Pixels a side of a frame, and of the digit in it. */
const side = 16;
const digit = 8;
/** Pixels of a frame. */
export const framePixels: number = side * side;
/** Frames in, and frames out. */
export const frames = 10;

const directions = [-1, 0, 1]
  .flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy] as const))
  .filter(([dx, dy]) => dx || dy);

export interface MovingDigitsOptions {
  readonly images: DigitImages;
  /** The images to take digits from. */
  readonly chosen: ArrayLike<number>;
  readonly length: number;
  readonly seed: number;
}

/**
 * Makes windows of a digit that moves by one pixel a frame in one of eight directions and bounces off the edges: 10 frames in, the 10 that follow out (after Srivastava et al. 2015, section 4.1, at a quarter of the size and one
 * digit). A window follows from `seed` and its index alone and is made when it is asked for, so that any number of them
 * takes no memory.
 */
export function movingDigits({ images, chosen, length, seed }: MovingDigitsOptions): Windows {
  const random = createRandom(seed);
  const size = frames * framePixels;
  return {
    length,
    features: Array.from({ length: framePixels }, (_, pixel) => `pixel${pixel}`),
    spec: {
      lookback: frames,
      horizon: frames,
      shift: 0,
      stride: 1,
      maxGap: Infinity,
      minRows: frames,
      anchor: 'start',
    },
    series: [],
    batch(indices): WindowBatch {
      const input = new Float32Array(indices.length * size);
      const target = new Float32Array(indices.length * size);
      for (let slot = 0; slot < indices.length; slot++) {
        const draw = random.fork(`window ${indices[slot]}`);
        const image = chosen[Math.floor(draw.uniform() * chosen.length)]!;
        const pixels = images.pixels.subarray(image * digit * digit, (image + 1) * digit * digit);
        const [dx, dy] = directions[Math.floor(draw.uniform() * directions.length)]!;
        const [x, y] = [path(draw.uniform(), dx), path(draw.uniform(), dy)];
        for (let frame = 0; frame < 2 * frames; frame++) {
          const into = frame < frames ? input : target;
          const offset = slot * size + (frame % frames) * framePixels;
          for (let row = 0; row < digit; row++) {
            const at = offset + (y(frame) + row) * side + x(frame);
            into.set(pixels.subarray(row * digit, (row + 1) * digit), at);
          }
        }
      }
      return { size: indices.length, input, target };
    },
    origin() {
      throw new Error('Moving digits come from no series.');
    },
  };
}

/** The place along one axis at each frame: back and forth over the free pixels, or at rest. */
function path(start: number, velocity: number): (frame: number) => number {
  const free = side - digit;
  const first = Math.floor(start * (free + 1));
  if (velocity === 0) return () => first;
  const phase = velocity > 0 ? first : 2 * free - first;
  return (frame) => {
    const place = (phase + frame) % (2 * free);
    return place <= free ? place : 2 * free - place;
  };
}
