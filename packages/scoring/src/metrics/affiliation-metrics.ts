import { checkFlags, type LabelledFlags } from './labelled-rows.ts';
import { type PrecisionRecall, ratio, withHarmonicMean } from './precision-recall.ts';
import { anySet, type Stretch, stretches } from './stretches.ts';

/**
 * Computes affiliation precision and recall: how near alarms are to events and events to alarms, as the probability
 * that a random row of the event's zone is not nearer. An event is a longest stretch of rows labelled 1, its zone ends
 * half-way to its neighbours and at the ends of the series; alarms are cut at the zones. Recall is the mean over the
 * events of all series, precision over those with an alarm in their zone.
 *
 * Huet et al. 2022, "Local evaluation of time series anomaly detection algorithms" (KDD), whose precision and recall
 * probabilities these are, with an event of rows `[from, to)` as the interval from `from` to `to`. Time linear in rows.
 *
 * No skill has a precision of about 0.5, not 0, and a recall near 1. Alarms in a series without events are in no zone
 * and not counted: show `falseAlarmsPerDay` beside it.
 *
 * @returns Figures from 0 to 1; an event of which no row has a score keeps its zone and is in no mean. Precision is null
 * without alarms in a zone, recall without events, f1 without both.
 * @throws `RETRACE_INVALID_ARGUMENT` if flags or labels are not zeros and ones of one length.
 */
export function affiliationMetrics(series: readonly LabelledFlags[]): PrecisionRecall {
  checkFlags(series);
  const precision = { sum: 0, of: 0 };
  const recall = { sum: 0, of: 0 };
  for (const one of series) {
    for (const { event, zone, alarms } of zonesOf(one)) {
      if (one.scored && !anySet(one.scored, event)) continue;
      recall.of++;
      if (alarms.length === 0) continue;
      precision.of++;
      precision.sum += precisionIn(zone, event, alarms);
      recall.sum += recallIn(zone, event, alarms);
    }
  }
  return withHarmonicMean(ratio(precision.sum, precision.of), ratio(recall.sum, recall.of));
}

interface Zone {
  readonly zone: Stretch;
  readonly event: Stretch;
  /** The alarms within the zone, cut at its ends, in order. */
  readonly alarms: readonly Stretch[];
}

function* zonesOf({ labels, flags }: LabelledFlags): Generator<Zone> {
  const events = stretches(labels);
  const alarms = stretches(flags);
  let next = 0;
  for (const [k, event] of events.entries()) {
    const left = k === 0 ? 0 : (events[k - 1]![1] + event[0]) / 2;
    const right = k + 1 === events.length ? labels.length : (event[1] + events[k + 1]![0]) / 2;
    while (next < alarms.length && alarms[next]![1] <= left) next++;
    const within: Stretch[] = [];
    for (let a = next; a < alarms.length && alarms[a]![0] < right; a++) {
      within.push([Math.max(alarms[a]![0], left), Math.min(alarms[a]![1], right)]);
    }
    yield { zone: [left, right], event, alarms: within };
  }
}

/** The mean over x in the alarms of P(dist(X, event) ≥ dist(x, event)), X uniform over the zone. */
function precisionIn([left, right]: Stretch, [start, end]: Stretch, alarms: readonly Stretch[]): number {
  /** ∫ over distances from `near` to `far`: (start − left − d)⁺ + (right − end − d)⁺ of the zone is as far as d. */
  const notNearer = (near: number, far: number) =>
    (integral(start - left, 1, near, far) + integral(right - end, 1, near, far)) / (right - left);
  let [sum, length] = [0, 0];
  for (const [from, to] of alarms) {
    length += to - from;
    sum += overlap([from, to], [start, end]);
    if (from < start) sum += notNearer(start - Math.min(to, start), start - from);
    if (to > end) sum += notNearer(Math.max(from, end) - end, to - end);
  }
  return sum / length;
}

/** The mean over y in the event of P(|X − y| ≥ dist(y, alarms)), X uniform over the zone. */
function recallIn([left, right]: Stretch, [start, end]: Stretch, alarms: readonly Stretch[]): number {
  /** ∫ over distances from an alarm's edge, with `before` of the zone on y's side of it and `behind` on the other. */
  const notNearer = (before: number, behind: number, near: number, far: number) =>
    (integral(before, 2, near, far) + behind * (far - near)) / (right - left);
  let sum = 0;
  for (const [k, [from, to]] of alarms.entries()) {
    const first = k === 0 ? start : Math.max(start, (alarms[k - 1]![1] + from) / 2);
    const last = k + 1 === alarms.length ? end : Math.min(end, (to + alarms[k + 1]![0]) / 2);
    if (first >= last) continue;
    sum += overlap([from, to], [first, last]);
    if (first < from) sum += notNearer(from - left, right - from, from - Math.min(last, from), from - first);
    if (last > to) sum += notNearer(right - to, to - left, Math.max(first, to) - to, last - to);
  }
  return sum / (end - start);
}

/** ∫ (room − slope · d)⁺ over d from `near` to `far`. */
function integral(room: number, slope: number, near: number, far: number): number {
  const square = (d: number) => Math.max(room - slope * d, 0) ** 2;
  return (square(near) - square(far)) / (2 * slope);
}

function overlap([from, to]: Stretch, [start, end]: Stretch): number {
  return Math.max(Math.min(to, end) - Math.max(from, start), 0);
}
