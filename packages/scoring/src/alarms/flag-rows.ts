import { checkNumberColumn } from '@retrace/errors';
import type { Anomaly } from './anomaly.ts';
import { createAlarm } from './create-alarm.ts';
import type { ThresholdState } from './threshold-state.ts';

/** Which rows of a series are under alarm. */
export interface RowFlags {
  /** `[rows]`, 1 where the row is under alarm. */
  readonly flags: Uint8Array;
  /** `[rows]`, 0 where the row has no score. */
  readonly scored: Uint8Array;
}

/** Which rows of a series are under alarm, and the level that applied to each. */
export interface ThresholdFlags extends RowFlags {
  /** `[rows]`, in the unit of the scores. */
  readonly thresholds: Float64Array;
}

/**
 * Applies a threshold to the scores of one series, as `createAlarm` does row by row.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if a score is no number; `RETRACE_THRESHOLD_STATE`.
 */
export function flagRows(scores: ArrayLike<number>, threshold: ThresholdState): ThresholdFlags {
  const alarm = createAlarm(threshold);
  const column = checkNumberColumn('scores', scores);
  const flags = new Uint8Array(column.length);
  const thresholds = new Float64Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const judged = alarm.push(column[row]!);
    flags[row] = Number(judged.above);
    thresholds[row] = judged.threshold;
  }
  return { flags, scored: scoredRows(column), thresholds };
}

/** Flags the rows of the anomalies found in a series with these scores, those merged over included. */
export function flagAnomalies(scores: ArrayLike<number>, anomalies: readonly Anomaly[]): RowFlags {
  const flags = new Uint8Array(scores.length);
  for (const { firstRow, lastRow } of anomalies) flags.fill(1, firstRow, lastRow + 1);
  return { flags, scored: scoredRows(checkNumberColumn('scores', scores)) };
}

function scoredRows(scores: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(scores, (score) => Number(!Number.isNaN(score)));
}
