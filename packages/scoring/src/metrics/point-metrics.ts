import { checkFlags, type LabelledFlags } from './labelled-rows.ts';
import { type PrecisionRecall, precisionRecall } from './precision-recall.ts';

/** Rows counted by flag and label. */
export interface PointMetrics extends PrecisionRecall {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
  /** Rows without a score, in none of the counts. */
  readonly unscored: number;
}

/**
 * Counts the rows of all series by flag and label.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if flags or labels are not zeros and ones of one length.
 */
export function pointMetrics(series: readonly LabelledFlags[]): PointMetrics {
  checkFlags(series);
  let [tp, fp, fn, tn, unscored] = [0, 0, 0, 0, 0];
  for (const { flags, scored, labels } of series) {
    for (let row = 0; row < labels.length; row++) {
      if (scored?.[row] === 0) unscored++;
      else if (labels[row] === 1) flags[row] === 1 ? tp++ : fn++;
      else flags[row] === 1 ? fp++ : tn++;
    }
  }
  return { tp, fp, fn, tn, unscored, ...precisionRecall(tp, fp, fn) };
}
