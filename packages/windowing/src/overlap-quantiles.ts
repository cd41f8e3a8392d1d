import type { OverlapReducer } from './overlap-reducer.ts';
import { quantile } from './quartiles.ts';

/**
 * Makes a reducer to quantiles, which needs every value of a row at once: `[rows, channels, quantiles]`.
 *
 * A row holds a slot from its first value to its last, then becomes its quantiles and gives the slot back: windows in
 * order keep about `lookback` slots open at a time, windows in any other order more.
 *
 * @param expected `[rows]`, the windows that will cover each row.
 */
export function quantilesReducer(
  expected: Uint32Array,
  channels: number,
  quantiles: readonly number[],
): OverlapReducer {
  const reduced = new Float64Array(expected.length * channels * quantiles.length);
  const counts = new Uint32Array(expected.length);
  const open = new Map<number, Float64Array>();
  const capacity = expected.reduce((most, count) => Math.max(most, count), 0);
  const spare: Float64Array[] = [];

  const slotOf = (row: number): Float64Array => {
    const slot = open.get(row) ?? spare.pop() ?? new Float64Array(capacity * channels);
    open.set(row, slot);
    return slot;
  };
  const close = (row: number, slot: Float64Array): void => {
    for (let k = 0; k < channels; k++) {
      const values = slot.subarray(k * capacity, k * capacity + counts[row]!).sort();
      // NaN sorts last.
      const isNumber = !Number.isNaN(values.at(-1));
      const at = (row * channels + k) * quantiles.length;
      for (const [j, q] of quantiles.entries()) reduced[at + j] = isNumber ? quantile(values, q) : Number.NaN;
    }
    open.delete(row);
    spare.push(slot);
  };
  return {
    add(values, laid) {
      for (const { row: first, steps, at } of laid) {
        for (let step = 0; step < steps; step++) {
          const row = first + step;
          const slot = slotOf(row);
          for (let k = 0; k < channels; k++) {
            slot[k * capacity + counts[row]!] = values[at + step * channels + k]!;
          }
          counts[row]!++;
          if (counts[row] === expected[row]) close(row, slot);
        }
      }
    },
    finish() {
      for (const [row, slot] of open) close(row, slot);
      return reduced;
    },
  };
}
