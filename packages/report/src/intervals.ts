/** A stretch of time, both ends included. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** A stretch of time as it is drawn, and the items it stands for. */
export interface DrawnInterval<T> extends Interval {
  readonly items: readonly T[];
}

/** Tells whether two stretches have a moment in common. */
export function meets(a: Interval, b: Interval): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/**
 * Joins the rows marked 1 into intervals from the first to the last row of each run.
 *
 * @param time `[rows]`.
 * @param flags `[rows]`.
 */
export function markedIntervals(time: ArrayLike<number>, flags: ArrayLike<number>): Interval[] {
  const intervals: Interval[] = [];
  let from = -1;
  for (let row = 0; row <= time.length; row++) {
    const marked = row < time.length && flags[row] === 1;
    if (marked && from < 0) from = row;
    if (marked || from < 0) continue;
    intervals.push({ start: time[from]!, end: time[row - 1]! });
    from = -1;
  }
  return intervals;
}

/**
 * Makes intervals fit to draw: each at least `resolution` wide, so that a single row shows, and those that would
 * touch on screen joined. Each keeps the items it stands for.
 *
 * @param items Intervals inside `domain`.
 */
export function drawnIntervals<T extends Interval>(
  items: readonly T[],
  [low, high]: readonly [number, number],
  resolution: number,
): DrawnInterval<T>[] {
  const drawn: { start: number; end: number; items: T[] }[] = [];
  for (const item of items.toSorted((a, b) => a.start - b.start)) {
    const middle = (item.start + item.end) / 2;
    const start = Math.max(low, Math.min(item.start, middle - resolution / 2));
    const end = Math.min(high, Math.max(item.end, middle + resolution / 2));
    const last = drawn.at(-1);
    if (last && start - last.end < resolution) {
      last.end = Math.max(last.end, end);
      last.items.push(item);
    } else drawn.push({ start, end, items: [item] });
  }
  return drawn;
}
