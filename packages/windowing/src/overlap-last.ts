import type { OverlapReducer } from './overlap-reducer.ts';

/** Makes a reducer to the value of the window that begins last, whatever the order they are added in. */
export function lastReducer(rows: number, channels: number): OverlapReducer {
  const held = new Float64Array(rows * channels);
  const begun = new Float64Array(rows).fill(-1);
  return {
    add(values, laid) {
      for (const { row, steps, at } of laid) {
        for (let step = 0; step < steps; step++) {
          if (begun[row + step]! > row) continue;
          begun[row + step] = row;
          for (let k = 0; k < channels; k++) {
            held[(row + step) * channels + k] = values[at + step * channels + k]!;
          }
        }
      }
    },
    finish: () => held,
  };
}
