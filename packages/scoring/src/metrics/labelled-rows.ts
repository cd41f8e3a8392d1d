import { checkFlagColumn, checkNumber, checkNumberColumn } from '@retrace/errors';

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

/** The same with the times of the rows. */
export interface TimedFlags extends LabelledFlags {
  /** `[rows]`, milliseconds since the epoch or a row counter, ascending. */
  readonly time: ArrayLike<number>;
}

/** Refuses flags, labels and `scored` that are not zeros and ones of one length. */
export function checkFlags(series: readonly LabelledFlags[]): void {
  for (const [index, { flags, scored, labels }] of series.entries()) {
    checkFlagColumn(`series[${index}].flags`, flags, labels.length);
    checkFlagColumn(`series[${index}].labels`, labels, labels.length);
    if (scored) checkFlagColumn(`series[${index}].scored`, scored, labels.length);
  }
}

/** Refuses what {@link checkFlags} does, and times that are not finite or go back. */
export function checkTimedFlags(series: readonly TimedFlags[]): void {
  checkFlags(series);
  for (const [index, { time, labels }] of series.entries()) {
    const column = checkNumberColumn(`series[${index}].time`, time, labels.length);
    for (let row = 0; row < column.length; row++) {
      const min = row === 0 ? -Number.MAX_VALUE : column[row - 1]!;
      if (column[row]! >= min && column[row]! < Infinity) continue;
      checkNumber(`series[${index}].time[${row}]`, column[row], { min });
    }
  }
}
