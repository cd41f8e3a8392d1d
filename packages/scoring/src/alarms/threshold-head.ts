/** What every fitted threshold says of itself. */
export interface ThresholdHead {
  readonly format: 'retrace-threshold';
  readonly version: 1;
  /** How many scores it was fitted on. */
  readonly rows: number;
}

/** A fitted threshold of one level: a row is anomalous if its score exceeds `value`. */
export interface ConstantThreshold extends ThresholdHead {
  /** In the unit of the scores. */
  readonly value: number;
}

export function thresholdHead(rows: number): ThresholdHead {
  return { format: 'retrace-threshold', version: 1, rows };
}
