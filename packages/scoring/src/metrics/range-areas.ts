import type { LabelledScores } from './labelled-rows.ts';
import { type RankedSeries, rankSeries } from './ranked-series.ts';

/** Areas under curves that give near misses a part. */
export interface RangeAuc {
  /** Null where the scored rows are all of one class. */
  readonly roc: number | null;
  /** Null where the scored rows are all of one class. */
  readonly pr: number | null;
}

/** Yields the areas for each window from `first` to `last`, by the definition of `rangeAuc`. */
export function* rangeAreas(
  series: readonly LabelledScores[],
  first: number,
  last: number,
  thresholds: number,
): Generator<RangeAuc> {
  const ranked = rankSeries(series, thresholds);
  const labelled = new Float64Array(thresholds);
  const flagged = new Float64Array(thresholds);
  for (const { ranks, labels } of ranked) {
    for (let row = 0; row < ranks.length; row++) {
      const rank = ranks[row]!;
      if (rank === thresholds) continue;
      flagged[rank]! += 1;
      labelled[rank]! += labels[row]!;
    }
  }
  accumulate(flagged);
  accumulate(labelled);
  for (let window = 0; window <= last; window++) {
    const half = Math.floor(window / 2);
    if (window % 2 === 0) for (const one of ranked) extendReach(one, half);
    if (window >= first) {
      const beyond = labelsBeyond(ranked, window, thresholds);
      const found = eventsFound(ranked, half, thresholds);
      yield areasUnder(flagged, labelled, beyond, found);
    }
  }
}

/** Lets each event reach the rows `half` from it. */
function extendReach({ ranks, events, lowest }: RankedSeries, half: number): void {
  if (half === 0) return;
  for (const [k, [from, to]] of events.entries()) {
    const before = ranks[from - half] ?? Infinity;
    const after = ranks[to - 1 + half] ?? Infinity;
    lowest[k] = Math.min(lowest[k]!, before, after);
  }
}

/** `[thresholds]`, B: the sum of the labels beyond events of the rows that each threshold flags. */
function labelsBeyond(ranked: readonly RankedSeries[], window: number, thresholds: number): Float64Array {
  const half = Math.floor(window / 2);
  const fallOff = Float64Array.from({ length: half + 1 }, (_, d) => Math.sqrt(1 - d / window));
  const beyond = new Float64Array(thresholds + 1);
  for (const { labels, ranks, events, reach } of ranked) {
    const eachRow = (visit: (row: number, distance: number) => void) => {
      for (const [from, to] of events) {
        for (let d = 1; d <= Math.min(half, from); d++) visit(from - d, d);
        for (let d = 1; d <= half && to - 1 + d < labels.length; d++) visit(to - 1 + d, d);
      }
    };
    eachRow((row, d) => {
      if (labels[row] === 0) reach[row]! += fallOff[d]!;
    });
    eachRow((row) => {
      beyond[ranks[row]!]! += Math.min(reach[row]!, 1);
      reach[row] = 0;
    });
  }
  return accumulate(beyond.subarray(0, thresholds));
}

/** `[thresholds]`, the share of the events that each threshold finds; events whose reaches meet are one. */
function eventsFound(ranked: readonly RankedSeries[], half: number, thresholds: number): Float64Array {
  const found = new Float64Array(thresholds);
  let count = 0;
  for (const { events, lowest } of ranked) {
    let rank = thresholds;
    for (const [k, [, to]] of events.entries()) {
      rank = Math.min(rank, lowest[k]!);
      const next = events[k + 1];
      if (next && to - 1 + half >= next[0] - half) continue;
      if (rank < thresholds) {
        count++;
        found[rank]! += 1;
      }
      rank = thresholds;
    }
  }
  return accumulate(found).map((events) => events / count);
}

function areasUnder(
  flagged: Float64Array,
  labelled: Float64Array,
  beyond: Float64Array,
  found: Float64Array,
): RangeAuc {
  const rows = flagged.at(-1)!;
  const positives = labelled.at(-1)!;
  if (positives === 0 || positives === rows) return { roc: null, pr: null };
  let [roc, pr, lastTpr, lastFpr] = [0, 0, 0, 0];
  for (let k = 0; k < flagged.length; k++) {
    const tp = labelled[k]! + beyond[k]!;
    const soft = positives + beyond[k]! / 2;
    const tpr = Math.min(tp / soft, 1) * found[k]!;
    const fpr = (flagged[k]! - tp) / (rows - soft);
    roc += ((fpr - lastFpr) * (tpr + lastTpr)) / 2;
    pr += ((tpr - lastTpr) * tp) / flagged[k]!;
    [lastTpr, lastFpr] = [tpr, fpr];
  }
  roc += ((1 - lastFpr) * (1 + lastTpr)) / 2;
  return { roc, pr };
}

/** Turns counts into running sums, in place. */
function accumulate(counts: Float64Array): Float64Array {
  for (let k = 1; k < counts.length; k++) counts[k]! += counts[k - 1]!;
  return counts;
}
