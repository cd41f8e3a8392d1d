import { checkInteger, checkKeys } from '@retrace/errors';
import type { LabelledScores } from './labelled-rows.ts';
import { type RangeAuc, rangeAreas } from './range-areas.ts';

export interface RangeAucOptions {
  /** ℓ: events reach half of it, rounded down, beyond each end, in rows. */
  readonly window: number;
  /** How many thresholds the curves have, at scores whose ranks are evenly spaced. Default 250. */
  readonly thresholds?: number;
}

/**
 * Computes R-AUC-ROC and R-AUC-PR, the areas under curves of rows whose labels fall off beyond an event: to
 * √(1 − d/ℓ) at d ≤ ℓ/2 rows from it, added up where events are near each other, at most 1. At a threshold TP sums the
 * labels of flagged rows, and with P labelled rows and B, the sum of the flagged rows' labels beyond events,
 *
 *     TPR = min(TP / (P + B/2), 1) · share of the events, those whose reaches meet being one, with a flagged row
 *     FPR = (flagged rows − TP) / (rows − P − B/2)
 *
 * Paparrizos et al. 2022, "Volume under the surface" (VLDB); equal to one window of the `RangeAUC_volume_opt`
 * of TSB-AD, whose own `RangeAUC` lays the fall-off one row nearer. Scores of all series are ranked together, and no
 * event reaches into another series. Rows without a score are left out.
 *
 * @returns About from 0 to 1; the R-AUC-ROC of random scores can be well above 0.5, since one flagged row finds an event.
 * @throws `RETRACE_INVALID_ARGUMENT` if labels are not zeros and ones, one a score, or for an option out of range.
 */
export function rangeAuc(series: readonly LabelledScores[], options: RangeAucOptions): RangeAuc {
  const { window, thresholds } = checkRangeAucOptions(options);
  return Array.from(rangeAreas(series, window, window, thresholds))[0]!;
}

export function checkRangeAucOptions(options: RangeAucOptions): Required<RangeAucOptions> {
  checkKeys('options', options, ['window', 'thresholds']);
  const { window, thresholds = 250 } = options;
  checkInteger('window', window, { min: 0, max: 1_000_000 });
  checkInteger('thresholds', thresholds, { min: 2, max: 1_000_000 });
  return { window, thresholds };
}
