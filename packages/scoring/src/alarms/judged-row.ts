import type { RowAlarm } from './create-alarm.ts';

/** A row that has been scored and judged. */
export interface JudgedRow extends RowAlarm {
  /** No earlier than that of the row before. */
  readonly time: number;
  /** `NaN` where the row has none: it is in no anomaly. */
  readonly score: number;
  /** `[features]`, at least 0, summing to the score. */
  readonly contributions: ArrayLike<number>;
}
