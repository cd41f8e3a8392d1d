import { labelledEvents } from './labelled-events.ts';
import { checkFlags, type LabelledFlags } from './labelled-rows.ts';
import { type PrecisionRecall, precisionRecall } from './precision-recall.ts';
import { anySet, stretches } from './stretches.ts';

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
 * `eventChance` of the same flags beside it.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if flags or labels are not zeros and ones of one length.
 */
export function eventMetrics(series: readonly LabelledFlags[]): EventMetrics {
  checkFlags(series);
  let [tp, fp, fn, unscored] = [0, 0, 0, 0];
  for (const one of series) {
    const labelled = labelledEvents(one);
    unscored += labelled.unscored;
    for (const event of labelled.events) anySet(one.flags, event) ? tp++ : fn++;
    for (const alarm of stretches(one.flags)) if (!anySet(one.labels, alarm)) fp++;
  }
  return { tp, fp, fn, unscored, ...precisionRecall(tp, fp, fn) };
}
