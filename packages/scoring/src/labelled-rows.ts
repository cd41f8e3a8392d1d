import { checkFlagColumn } from '@retrace/errors';

/** The rows of one series with their scores and what is known of them. */
export interface LabelledScores {
  /** `[rows]`, higher is more anomalous; `NaN` where a row has no score. */
  readonly scores: ArrayLike<number>;
  /** `[rows]`, 1 where the row is known to be anomalous, 0 elsewhere. */
  readonly labels: ArrayLike<number>;
}

/** The rows of one series with their flags and what is known of them. */
export interface LabelledFlags {
  /** `[rows]`, 1 where the row is under alarm, 0 elsewhere. */
  readonly flags: ArrayLike<number>;
  /** `[rows]`, 0 where the row has no score and is left out. Default: every row has one. */
  readonly scored?: ArrayLike<number>;
  /** `[rows]`, 1 where the row is known to be anomalous, 0 elsewhere. */
  readonly labels: ArrayLike<number>;
}

/** Refuses flags, labels and `scored` that are not zeros and ones of one length. */
export function checkFlags(series: readonly LabelledFlags[]): void {
  for (const [index, { flags, scored, labels }] of series.entries()) {
    checkFlagColumn(`series[${index}].flags`, flags, labels.length);
    checkFlagColumn(`series[${index}].labels`, labels, labels.length);
    if (scored) checkFlagColumn(`series[${index}].scored`, scored, labels.length);
  }
}
