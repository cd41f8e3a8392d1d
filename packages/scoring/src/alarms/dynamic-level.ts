/** A level, and how many standard deviations it is above the mean. */
export interface DynamicLevel {
  readonly level: number;
  readonly z: number;
}

const [firstZ, lastZ, stepZ] = [2.5, 12, 0.5];

/**
 * Finds the level that best tells the unusual scores of a window from the rest, without assuming a distribution:
 * Hundman et al. 2018, "Detecting spacecraft anomalies using LSTMs and nonparametric dynamic thresholding", section
 * 3.2, as their code telemanom computes it.
 *
 * Of the levels at 2.5, 3, … 11.5 standard deviations σ above the mean μ it is the one with the highest
 * (Δμ / μ + Δσ / σ) / (sequences² + rows), where Δ is what μ and σ lose without the scores at the level or above,
 * counted are these with `buffer` − 1 rows on both sides, and neighbours are one sequence. Of equals the highest level
 * wins; out are levels with more than five sequences or half of the rows. With none left it is at 12 σ.
 *
 * One pass per moment and one for the few scores above 2.5 σ: O(window), not the O(19 · window · buffer) of telemanom.
 */
export function dynamicLevel(scores: Float64Array, buffer: number): DynamicLevel {
  const rows = scores.length;
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += scores[row]!;
  const mean = sum / rows;
  let squares = 0;
  for (let row = 0; row < rows; row++) squares += (scores[row]! - mean) ** 2;
  const deviation = Math.sqrt(squares / rows);
  let high: number[] = rowsFrom(scores, mean + firstZ * deviation);
  let best = { level: mean + lastZ * deviation, z: lastZ };
  let highest = -Infinity;
  if (deviation === 0) return best;
  for (let z = firstZ; z < lastZ; z += stepZ) {
    const level = mean + z * deviation;
    high = high.filter((row) => scores[row]! >= level);
    if (high.length === 0) break;
    const { sequences, covered } = paddedExtent(high, buffer - 1, rows);
    if (sequences > 5 || covered >= rows / 2) continue;
    const left = rows - high.length;
    let [leftSum, leftSquares] = [sum, squares];
    for (const row of high) {
      leftSum -= scores[row]!;
      leftSquares -= (scores[row]! - mean) ** 2;
    }
    const leftMean = leftSum / left;
    const leftDeviation = Math.sqrt(Math.max(0, leftSquares / left - (leftMean - mean) ** 2));
    const gain = (mean - leftMean) / mean + (deviation - leftDeviation) / deviation;
    const score = gain / (sequences ** 2 + covered);
    if (score < highest) continue;
    highest = score;
    best = { level, z };
  }
  return best;
}

/** The rows whose score is at least `level`. */
export function rowsFrom(scores: Float64Array, level: number): number[] {
  const found: number[] = [];
  for (let row = 0; row < scores.length; row++) if (scores[row]! >= level) found.push(row);
  return found;
}

function paddedExtent(
  found: readonly number[],
  padding: number,
  rows: number,
): { sequences: number; covered: number } {
  let sequences = 0;
  let covered = 0;
  for (const [first, last] of paddedSequences(found, padding, rows)) {
    if (last > first) sequences++;
    covered += last - first + 1;
  }
  return { sequences, covered };
}

/** Joins rows, ascending, that with `padding` rows on both sides are neighbours: their first and last row, of `rows`. */
export function paddedSequences(
  found: readonly number[],
  padding: number,
  rows: number,
): [first: number, last: number][] {
  const sequences: [number, number][] = [];
  for (const row of found) {
    const current = sequences.at(-1);
    const last = Math.min(row + padding, rows - 1);
    if (current && row - padding <= current[1] + 1) current[1] = last;
    else sequences.push([Math.max(row - padding, 0), last]);
  }
  return sequences;
}
