import { checkNumberColumn } from '@retrace/errors';
import type { Anomaly } from './find-anomalies.ts';
import { checkThresholdState, type ThresholdState } from './threshold.ts';

/** Which rows of a series are under alarm. */
export interface RowFlags {
  /** `[rows]`, 1 where the row is under alarm. */
  readonly flags: Uint8Array;
  /** `[rows]`, 0 where the row has no score. */
  readonly scored: Uint8Array;
}

/**
 * Flags the rows whose score exceeds the threshold.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if a score is no number; `RETRACE_THRESHOLD_STATE`.
 */
export function flagRows(scores: ArrayLike<number>, threshold: ThresholdState): RowFlags {
  const { value } = checkThresholdState(threshold);
  const column = checkNumberColumn('scores', scores);
  return { flags: Uint8Array.from(column, (score) => Number(score > value)), scored: scoredRows(column) };
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
