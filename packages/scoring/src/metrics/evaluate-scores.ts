import { flagRows } from '../alarms/flag-rows.ts';
import type { ThresholdState } from '../alarms/threshold-state.ts';
import { averagePrecision } from './average-precision.ts';
import { type EventChance, eventChance } from './event-chance.ts';
import { type EventMetrics, eventMetrics } from './event-metrics.ts';
import type { LabelledScores } from './labelled-rows.ts';
import { type PointMetrics, pointMetrics } from './point-metrics.ts';
import { ratio } from './precision-recall.ts';
import { rocAuc } from './roc-auc.ts';

/** What the labels say about the scores, and about the alarms at one threshold: plain JSON. */
export interface Evaluation extends EventChance {
  readonly rows: number;
  /** Rows without a score, left out of every figure. */
  readonly unscored: number;
  /** The share of the scored rows that is labelled anomalous, null without scored rows. */
  readonly labelledShare: number | null;
  readonly rocAuc: number | null;
  readonly averagePrecision: number | null;
  readonly points: PointMetrics;
  readonly events: EventMetrics;
}

/**
 * Computes the figures every report shows of a detector, over the rows of all series together; an event never spans
 * two series.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if labels are not zeros and ones, one a score.
 */
export function evaluateScores(series: readonly LabelledScores[], threshold: ThresholdState): Evaluation {
  const flagged = series.map(({ scores, labels }) => ({ ...flagRows(scores, threshold), labels }));
  const points = pointMetrics(flagged);
  const scored = points.tp + points.fp + points.fn + points.tn;
  return {
    rows: scored + points.unscored,
    unscored: points.unscored,
    labelledShare: ratio(points.tp + points.fn, scored),
    rocAuc: rocAuc(series),
    averagePrecision: averagePrecision(series),
    points,
    events: eventMetrics(flagged),
    ...eventChance(flagged),
  };
}
