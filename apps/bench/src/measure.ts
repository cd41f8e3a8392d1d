import { median } from './median.ts';
import type { Peer, Phase } from './peer.ts';

/** The milliseconds a step took: the median of each round, in order. */
export interface Timing {
  readonly peer: Peer;
  readonly rounds: readonly number[];
  readonly ms: number;
}

/** Options of {@link measure}. */
export interface MeasureOptions {
  readonly rounds: number;
  readonly steps: number;
  /** A round of a slow library takes fewer steps, so that it lasts about this long, in milliseconds. */
  readonly budget: number;
}

/**
 * Times one phase of every library, round by round, each in turn, so that a slow moment of the machine meets all of
 * them.
 */
export async function measure(
  peers: readonly Peer[],
  phase: Phase,
  { rounds, steps, budget }: MeasureOptions,
): Promise<Timing[]> {
  const able = peers.filter(({ phases }) => phases.includes(phase));
  const medians = able.map((): number[] => []);
  const counts: number[] = [];
  for (const peer of able) {
    const [first] = await peer.run(phase, 1);
    const count = Math.max(1, Math.min(steps, Math.floor(budget / first!)));
    // The engines compile what they have run often; a short warm-up leaves some of it to the first round.
    await peer.run(phase, count);
    counts.push(count);
  }
  for (let round = 0; round < rounds; round++) {
    for (const [k, peer] of able.entries()) medians[k]!.push(median(await peer.run(phase, counts[k]!)));
  }
  return able.map((peer, k) => ({ peer, rounds: medians[k]!, ms: median(medians[k]!) }));
}
