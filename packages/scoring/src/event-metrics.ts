import { checkFlags, type LabelledFlags } from './labelled-rows.ts';
import { type PrecisionRecall, precisionRecall } from './precision-recall.ts';

/** Events counted by whether they were found. */
export interface EventMetrics extends PrecisionRecall {
  /** Labelled events with at least one row under alarm. */
  readonly tp: number;
  /** Alarms without a labelled row. */
  readonly fp: number;
  /** Labelled events without an alarm. */
  readonly fn: number;
  /** Labelled events of which no row has a score, in none of the counts. */
  readonly unscored: number;
}

/**
 * Counts events: an event is a longest stretch of rows labelled 1, an alarm a longest stretch of flagged rows, both
 * within one series.
 *
 * The definition of Hundman et al. 2018 ("Detecting spacecraft anomalies using LSTMs and nonparametric dynamic
 * thresholding", section 4.1): an event that any alarm touches is one true positive however many alarms touch it, an
 * alarm that touches none a false positive, so a precise detector and one that flags everything can score alike: show
 * the share of rows under alarm beside it.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if flags or labels are not zeros and ones of one length.
 */
export function eventMetrics(series: readonly LabelledFlags[]): EventMetrics {
  checkFlags(series);
  let [tp, fp, fn, unscored] = [0, 0, 0, 0];
  for (const { flags, scored, labels } of series) {
    for (const [from, to] of stretches(labels)) {
      if (scored && !anySet(scored, from, to)) unscored++;
      else anySet(flags, from, to) ? tp++ : fn++;
    }
    for (const [from, to] of stretches(flags)) if (!anySet(labels, from, to)) fp++;
  }
  return { tp, fp, fn, unscored, ...precisionRecall(tp, fp, fn) };
}

/** The longest stretches `[from, to)` of ones. */
function stretches(bits: ArrayLike<number>): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (let row = 0; row < bits.length; row++) {
    if (bits[row] === 0) continue;
    const last = found.at(-1);
    if (last?.[1] === row) last[1] = row + 1;
    else found.push([row, row + 1]);
  }
  return found;
}

function anySet(bits: ArrayLike<number>, from: number, to: number): boolean {
  for (let row = from; row < to; row++) if (bits[row] === 1) return true;
  return false;
}
