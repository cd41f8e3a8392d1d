import { goldenFraction } from './sampled-batches.ts';

/** How many sub-sequence lengths a stretch is long: an eighth of its rows begins no sub-sequence. */
const lengthsPerStretch = 8;

/**
 * Takes about `most` rows of all runs (`[rows, features]` each) in stretches of consecutive rows, one from each of equal
 * parts, at a place that moves with the golden ratio, so that no rhythm of the series falls in step with it; all runs
 * if they have no more rows. Of a run shorter than a stretch, all of it is taken.
 */
export function sampledStretches(
  runs: readonly Float64Array[],
  { features, most, length }: { features: number; most: number; length: number },
): readonly Float64Array[] {
  const rows = runs.reduce((sum, run) => sum + run.length / features, 0);
  if (rows <= most) return runs;
  const size = Math.min(most, lengthsPerStretch * length);
  const count = Math.floor(most / size);
  const part = rows / count;
  return Array.from({ length: count }, (_, k) => {
    const row = Math.floor(k * part + ((k * goldenFraction) % 1) * (part - size));
    const { run, from } = placeOf(runs, row * features);
    const start = Math.max(0, Math.min(from, run.length - size * features));
    return run.slice(start, start + size * features);
  });
}

/** The run that holds cell `cell` of all runs laid end to end, and where in it. */
function placeOf(runs: readonly Float64Array[], cell: number): { run: Float64Array; from: number } {
  let from = cell;
  let index = 0;
  while (from >= runs[index]!.length) from -= runs[index++]!.length;
  return { run: runs[index]!, from };
}
