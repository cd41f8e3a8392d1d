import type { OverlapReducer } from './overlap-reducer.ts';

/** Makes a reducer to the value of the window that begins last, whatever the order they are added in. */
export function lastReducer(rows: number, channels: number): OverlapReducer {
  const held = new Float64Array(rows * channels);
  const begun = new Float64Array(rows).fill(-1);
  return {
    add({ row, steps, at, values }) {
      for (let step = 0; step < steps; step++) {
        if (begun[row + step]! > row) continue;
        begun[row + step] = row;
        const from = at + step * channels;
        held.set(values.subarray(from, from + channels), (row + step) * channels);
      }
    },
    finish: () => held,
  };
}
