/** A stretch of anomalous rows: plain JSON. */
export interface Anomaly {
  /** The entity. */
  readonly id: string;
  /** The time of its first row. */
  readonly start: number;
  /** The time of its last row. */
  readonly end: number;
  readonly firstRow: number;
  /** The last row, itself in the anomaly. */
  readonly lastRow: number;
  /** The highest score of its rows. */
  readonly peak: number;
  /** The most times that a score of its rows is the threshold, above 1; the largest finite number where the threshold is 0. */
  readonly severity: number;
  /** Each feature's share of the scores of its rows but those merged over, largest first; they sum to 1. */
  readonly blame: readonly { readonly feature: string; readonly share: number }[];
}
