/**
 * Gives each row of a run the score of the sub-sequence of `length` rows that it is the middle of, and the rows at the
 * ends that of the first or last sub-sequence, which covers them: what TSB-AD does (Liu and Paparrizos 2024).
 *
 * @param scores `[rows − length + 1]`, by the first row of the sub-sequence, at least one.
 * @returns `[rows]`
 */
export function centreOnRows(scores: Float64Array, length: number): Float64Array {
  const before = Math.ceil((length - 1) / 2);
  return Float64Array.from({ length: scores.length + length - 1 }, (_, row) => {
    return scores[Math.min(Math.max(row - before, 0), scores.length - 1)]!;
  });
}
