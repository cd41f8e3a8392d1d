import { eventMetrics } from './event-metrics.ts';
import { labelledEvents } from './labelled-events.ts';
import { checkFlags, type LabelledFlags } from './labelled-rows.ts';
import { pointMetrics } from './point-metrics.ts';
import { type PrecisionRecall, precisionRecall, ratio } from './precision-recall.ts';
import { stretches } from './stretches.ts';

/** What an event score is worth: to be shown beside every one. */
export interface EventChance {
  /** The share of the scored rows that is under alarm, null without scored rows. */
  readonly alarmShare: number | null;
  /** The event metrics of flagging every scored row. */
  readonly flagEverything: PrecisionRecall;
  /** The event metrics of the same alarms at random times. */
  readonly flagAtRandom: PrecisionRecall;
}

/**
 * Computes what `eventMetrics` gives without any skill.
 *
 * At random: each series' alarms, as many and as long as they are, turned around the series closed to a ring, counted
 * over all its turns together, exactly. An alarm over both ends of a series is one alarm on the ring, and rows without
 * a score are rows of it.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if flags or labels are not zeros and ones of one length.
 */
export function eventChance(series: readonly LabelledFlags[]): EventChance {
  checkFlags(series);
  const points = pointMetrics(series);
  const alarmed = points.tp + points.fp;
  const everything = series.map(({ scored, labels }) => ({
    labels,
    ...(scored && { scored }),
    flags: scored ?? new Uint8Array(labels.length).fill(1),
  }));
  const { precision, recall, f1 } = eventMetrics(everything);
  return {
    alarmShare: ratio(alarmed, alarmed + points.fn + points.tn),
    flagEverything: { precision, recall, f1 },
    flagAtRandom: flagAtRandom(series),
  };
}

function flagAtRandom(series: readonly LabelledFlags[]): PrecisionRecall {
  let [tp, fp, fn] = [0, 0, 0];
  for (const one of series) {
    const rows = one.labels.length;
    const quiet = ringStretches(one.flags, 0);
    const normal = ringStretches(one.labels, 0);
    for (const [from, to] of labelledEvents(one).events) {
      const missed = shareWithin(quiet, to - from, rows);
      tp += 1 - missed;
      fn += missed;
    }
    for (const [length, count] of ringStretches(one.flags, 1))
      fp += count * shareWithin(normal, length, rows);
  }
  return precisionRecall(tp, fp, fn);
}

/** How many stretches of `bit` of each length are on the ring that `bits` make. */
function ringStretches(bits: ArrayLike<number>, bit: 0 | 1): Map<number, number> {
  const found = stretches(bit === 1 ? bits : Uint8Array.from(bits, (value) => 1 - value));
  const lengths = found.map(([from, to]) => to - from);
  const meet = lengths.length > 1 && bits[0] === bit && bits[bits.length - 1] === bit;
  if (meet) lengths[0]! += lengths.pop()!;
  const counts = new Map<number, number>();
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  return counts;
}

/** The share of the turns that put a stretch of `length` rows wholly into one of the `free` stretches of the ring. */
function shareWithin(free: ReadonlyMap<number, number>, length: number, rows: number): number {
  if (free.has(rows)) return 1;
  let turns = 0;
  for (const [space, count] of free) turns += count * Math.max(space - length + 1, 0);
  return turns / rows;
}
