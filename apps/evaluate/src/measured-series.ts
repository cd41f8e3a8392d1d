import type { RowFlags } from '@retrace/scoring';

/** The scores of the rows of a series, the rows under alarm, and what the labels say. */
export interface MeasuredSeries extends RowFlags {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
  /** `[rows]`, 1 in an anomaly: `flags`, and what is merged over. */
  readonly alarms: Uint8Array;
}
