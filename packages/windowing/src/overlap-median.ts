import type { OverlapReducer } from './overlap-reducer.ts';

/**
 * Makes a reducer to medians, which needs every value of a row at once.
 *
 * A row holds a slot from its first value to its last, then becomes its median and gives the slot back: windows in
 * order keep about `lookback` slots open at a time, windows in any other order more.
 *
 * @param expected `[rows]`, the windows that will cover each row.
 */
export function medianReducer(expected: Uint32Array, channels: number): OverlapReducer {
  const medians = new Float64Array(expected.length * channels);
  const counts = new Uint32Array(expected.length);
  const open = new Map<number, Float64Array>();
  const capacity = expected.reduce((most, count) => Math.max(most, count), 0);
  const spare: Float64Array[] = [];

  const close = (row: number, slot: Float64Array): void => {
    for (let k = 0; k < channels; k++) {
      const from = k * capacity;
      medians[row * channels + k] = median(slot.subarray(from, from + counts[row]!));
    }
    open.delete(row);
    spare.push(slot);
  };
  return {
    add({ row: first, steps, at, values }) {
      for (let step = 0; step < steps; step++) {
        const row = first + step;
        let slot = open.get(row);
        if (!slot) {
          slot = spare.pop() ?? new Float64Array(capacity * channels);
          open.set(row, slot);
        }
        for (let k = 0; k < channels; k++)
          slot[k * capacity + counts[row]!] = values[at + step * channels + k]!;
        counts[row]!++;
        if (counts[row] === expected[row]) close(row, slot);
      }
    },
    finish() {
      for (const [row, slot] of open) close(row, slot);
      return medians;
    },
  };
}

/** Sorts `values` in place; NaN sorts last, and makes the median NaN. */
function median(values: Float64Array): number {
  values.sort();
  if (Number.isNaN(values.at(-1))) return Number.NaN;
  const upper = values[values.length >> 1]!;
  const lower = values[(values.length - 1) >> 1]!;
  return lower + (upper - lower) / 2;
}
