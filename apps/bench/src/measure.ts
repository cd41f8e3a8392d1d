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
  /** Steps a round: more where they take less than `least`, fewer where those of a slow library take more than `most`. */
  readonly steps: number;
  /** Milliseconds. */
  readonly least: number;
  readonly most: number;
}

/**
 * Times one phase of every library, round by round, each in turn, so that a slow moment of the machine meets all of
 * them.
 */
export async function measure(
  peers: readonly Peer[],
  phase: Phase,
  { rounds, steps, least, most }: MeasureOptions,
): Promise<Timing[]> {
  const able = peers.filter(({ phases }) => phases.includes(phase));
  const medians = able.map((): number[] => []);
  const counts: number[] = [];
  for (const peer of able) {
    const countFor = (ms: number) => {
      const count = Math.max(steps, Math.ceil(least / ms));
      return peer.slow ? Math.max(1, Math.min(count, Math.floor(most / ms))) : count;
    };
    const [first] = await peer.run(phase, 1);
    const warm = median(await peer.run(phase, Math.min(steps, countFor(first!))));
    counts.push(countFor(warm));
    // Engines compile what has run often: one round more than is counted.
    await peer.run(phase, countFor(warm));
  }
  for (let round = 0; round < rounds; round++) {
    for (const [k, peer] of able.entries()) medians[k]!.push(median(await peer.run(phase, counts[k]!)));
  }
  return able.map((peer, k) => ({ peer, rounds: medians[k]!, ms: median(medians[k]!) }));
}
