/** Consecutive rows, `[from, to)`. */
export type Stretch = readonly [from: number, to: number];

/** The longest stretches of ones, in order. */
export function stretches(bits: ArrayLike<number>): Stretch[] {
  const found: Stretch[] = [];
  for (let row = 0; row < bits.length; row++) {
    if (bits[row] === 0) continue;
    const from = row;
    while (row < bits.length && bits[row] !== 0) row++;
    found.push([from, row]);
  }
  return found;
}

export function anySet(bits: ArrayLike<number>, [from, to]: Stretch): boolean {
  for (let row = from; row < to; row++) if (bits[row] === 1) return true;
  return false;
}
