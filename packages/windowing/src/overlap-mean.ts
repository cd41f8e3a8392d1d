import type { OverlapReducer } from './overlap-reducer.ts';

/**
 * Makes a reducer to means.
 *
 * Float32 values that agree give back that value exactly: their sum is exact in float64 up to 2²⁹ windows.
 */
export function meanReducer(rows: number, channels: number): OverlapReducer {
  const sums = new Float64Array(rows * channels);
  return {
    add({ row, steps, at, values }) {
      const to = row * channels;
      for (let k = 0; k < steps * channels; k++) sums[to + k]! += values[at + k]!;
    },
    finish: (coverage) => sums.map((sum, cell) => sum / coverage[Math.floor(cell / channels)]!),
  };
}
