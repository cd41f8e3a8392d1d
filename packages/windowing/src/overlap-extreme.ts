import type { OverlapReducer } from './overlap-reducer.ts';

/** Makes a reducer to the value that `beats` all others; NaN beats every value. */
export function extremeReducer(
  rows: number,
  channels: number,
  beats: (value: number, held: number) => boolean,
): OverlapReducer {
  const held = new Float64Array(rows * channels);
  const covered = new Uint8Array(rows);
  return {
    add(values, laid) {
      for (const { row, steps, at } of laid) {
        for (let step = 0; step < steps; step++) {
          const isFirst = covered[row + step] === 0;
          for (let k = 0; k < channels; k++) {
            const cell = (row + step) * channels + k;
            const value = values[at + step * channels + k]!;
            if (isFirst || beats(value, held[cell]!) || Number.isNaN(value)) held[cell] = value;
          }
          covered[row + step] = 1;
        }
      }
    },
    finish: () => held,
  };
}
