import type { Timing } from './measure.ts';
import { median } from './median.ts';
import type { Phase } from './peer.ts';

/** One runtime of ours beside one library, on one shape. */
export interface Comparison {
  readonly shape: string;
  readonly phase: Phase;
  readonly runtime: string;
  readonly threads: number;
  readonly ms: number;
  readonly peer: string;
  readonly peerThreads: number;
  readonly peerMs: number;
  /** Ours over theirs, below 1 where ours is faster: the median over the rounds. */
  readonly ratio: number;
  /** The smallest and largest ratio of a round. */
  readonly spread: readonly [number, number];
}

/** Compares ours, the first of the timings, with every other library at its better number of threads. */
export function compare(shape: string, phase: Phase, [ours, ...theirs]: readonly Timing[]): Comparison[] {
  const names = [...new Set(theirs.map(({ peer }) => peer.name))];
  return names.map((name) => {
    const best = theirs
      .filter(({ peer }) => peer.name === name)
      .reduce((fastest, timing) => (timing.ms < fastest.ms ? timing : fastest));
    const ratios = ours!.rounds.map((ms, round) => ms / best.rounds[round]!);
    return {
      shape,
      phase,
      runtime: ours!.peer.name,
      threads: ours!.peer.threads,
      ms: ours!.ms,
      peer: name,
      peerThreads: best.peer.threads,
      peerMs: best.ms,
      ratio: median(ratios),
      spread: [Math.min(...ratios), Math.max(...ratios)],
    };
  });
}
