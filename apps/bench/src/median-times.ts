/**
 * Runs each action in turn, round after round, so that a slow moment of the machine meets all of them; returns
 * the median time of each in milliseconds.
 */
export async function medianTimes(
  actions: readonly (() => Promise<unknown>)[],
  { warmUp, rounds }: { warmUp: number; rounds: number },
): Promise<number[]> {
  const times = actions.map((): number[] => []);
  for (let round = 0; round < warmUp + rounds; round++)
    for (const [index, action] of actions.entries()) {
      const start = performance.now();
      await action();
      if (round >= warmUp) times[index]!.push(performance.now() - start);
    }
  return times.map(median);
}

/** The middle value, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
