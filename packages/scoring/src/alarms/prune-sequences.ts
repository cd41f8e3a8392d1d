/**
 * Leaves the sequences out whose highest score stands out too little: Hundman et al. 2018, section 3.3. The highest
 * scores, in descending order and followed by the highest score outside all sequences, must fall by at least the share
 * `least`; what comes after the last such fall is normal.
 *
 * @param sequences First and last row of each.
 */
export function pruneSequences(
  scores: Float64Array,
  sequences: readonly [first: number, last: number][],
  least: number,
): [first: number, last: number][] {
  const peaks = sequences.map(([first, last]) => highestOf(scores, first, last + 1));
  let outside = -Infinity;
  let next = 0;
  for (const [first, last] of sequences) {
    outside = Math.max(outside, highestOf(scores, next, first));
    next = last + 1;
  }
  outside = Math.max(outside, highestOf(scores, next, scores.length));
  const descending = [...peaks.toSorted((a, b) => b - a), outside];
  let floor = Infinity;
  for (let k = 0; k + 1 < descending.length; k++) {
    if ((descending[k]! - descending[k + 1]!) / descending[k]! >= least) floor = descending[k]!;
  }
  return sequences.filter((_, index) => peaks[index]! >= floor);
}

function highestOf(scores: Float64Array, from: number, to: number): number {
  let highest = -Infinity;
  for (let row = from; row < to; row++) highest = Math.max(highest, scores[row]!);
  return highest;
}
