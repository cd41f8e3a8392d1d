/** The latest scores of a stream, oldest first and at most `capacity`, in one piece of memory. */
export interface RecentScores {
  push(score: number): void;
  /** A view, good until the next push. */
  values(): Float64Array;
}

/** Keeps the latest scores, beginning with `first`, at most `capacity`. */
export function recentScores(capacity: number, first: readonly number[]): RecentScores {
  // A piece twice as long is shifted once in `capacity` pushes.
  const cells = new Float64Array(2 * capacity);
  let length = first.length;
  cells.set(first);
  let end = length;
  return {
    push(score) {
      if (end === cells.length) {
        cells.copyWithin(0, end - length);
        end = length;
      }
      cells[end++] = score;
      length = Math.min(length + 1, capacity);
    },
    values: () => cells.subarray(end - length, end),
  };
}
