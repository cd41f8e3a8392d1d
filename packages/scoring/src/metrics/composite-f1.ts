import { eventMetrics } from './event-metrics.ts';
import type { LabelledFlags } from './labelled-rows.ts';
import { pointMetrics } from './point-metrics.ts';
import { type PrecisionRecall, withHarmonicMean } from './precision-recall.ts';

/**
 * Computes the composite F1: the precision of rows, the recall of events, and their harmonic mean. Unlike the F1 of
 * events, it cannot be had by flagging everything.
 *
 * Garg et al. 2021, "An evaluation of anomaly detection and diagnosis in multivariate time series", Fc1; the
 * event-based F1 of TSB-AD.
 *
 * @returns Figures from 0 to 1; precision is null where nothing was flagged, recall without events, f1 where both are.
 * @throws `RETRACE_INVALID_ARGUMENT` if flags or labels are not zeros and ones of one length.
 */
export function compositeF1(series: readonly LabelledFlags[]): PrecisionRecall {
  return withHarmonicMean(pointMetrics(series).precision, eventMetrics(series).recall);
}
