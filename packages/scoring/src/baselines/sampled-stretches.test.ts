import { describe, expect, it } from 'vitest';
import { sampledStretches } from './sampled-stretches.ts';

/** Runs whose values count the rows of all, in two equal columns. */
function counted(...lengths: readonly number[]): Float64Array[] {
  let next = 0;
  return lengths.map((length) => {
    const first = next;
    next += length;
    return Float64Array.from({ length: 2 * length }, (_, cell) => first + (cell >> 1));
  });
}
const firstRows = (runs: readonly Float64Array[]) => runs.map((run) => run[0]!);

describe('sampledStretches', () => {
  it('takes all runs of no more rows', () => {
    const runs = counted(30, 20);
    expect(sampledStretches(runs, { features: 2, most: 50, length: 2 })).toBe(runs);
  });

  it('takes one stretch of consecutive rows from each of equal parts, at differing places', () => {
    const stretches = sampledStretches(counted(1000), { features: 2, most: 160, length: 4 });
    expect(stretches.map((stretch) => stretch.length / 2)).toEqual([32, 32, 32, 32, 32]);
    for (const [part, stretch] of stretches.entries()) {
      expect([...stretch]).toEqual(Array.from({ length: 64 }, (_, cell) => stretch[0]! + (cell >> 1)));
      expect(Math.floor(stretch[0]! / 200)).toBe(part);
    }
    expect(new Set(firstRows(stretches).map((row) => row % 200)).size).toBe(5);
  });

  it('moves a stretch that would pass the end of its run, and takes short runs whole', () => {
    const stretches = sampledStretches(counted(...new Array(40).fill(10)), {
      features: 2,
      most: 64,
      length: 2,
    });
    expect(stretches.map((stretch) => stretch.length / 2)).toEqual([10, 10, 10, 10]);
    const long = sampledStretches(counted(17, 17, 17, 17), { features: 2, most: 32, length: 2 });
    expect(long.map((stretch) => stretch.length / 2)).toEqual([16, 16]);
  });
});
