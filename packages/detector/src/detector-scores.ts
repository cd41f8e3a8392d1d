import type { ScoredSeries } from '@retrace/scoring';

/** A series with a score for each row. Where no window covers a row its coverage is 0, and everything else NaN. */
export interface DetectorScores extends ScoredSeries {
  /** `[rows, features]`, in the units of the series: as the first of the scored outputs draws it, be it a prediction; NaN where none does. */
  readonly reconstruction: Float64Array;
  /** `[rows]`, how many windows the score of each row is made of; with several outputs, of the one that has most. */
  readonly coverage: Uint32Array;
  /** `[rows]`, the threshold that applied to each row. */
  readonly thresholds: Float64Array;
  /** `[rows]`, 1 where the row is under alarm: above its threshold, and not pruned where the kind of threshold prunes. */
  readonly flags: Uint8Array;
}
