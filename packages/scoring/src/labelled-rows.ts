import { argumentError } from '@retrace/errors';

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

/** Refuses a column that is not `rows` zeros and ones. */
export function checkBits(argument: string, bits: ArrayLike<number>, rows: number): void {
  if (bits.length !== rows) throw argumentError(argument, `${rows} zeros and ones, one a row`, bits);
  for (let row = 0; row < rows; row++) {
    if (bits[row] !== 0 && bits[row] !== 1) throw argumentError(`${argument}[${row}]`, '0 or 1', bits[row]);
  }
}

/** Refuses flags, labels and `scored` that are not zeros and ones of one length. */
export function checkFlags(series: readonly LabelledFlags[]): void {
  for (const [index, { flags, scored, labels }] of series.entries()) {
    checkBits(`series[${index}].flags`, flags, labels.length);
    checkBits(`series[${index}].labels`, labels, labels.length);
    if (scored) checkBits(`series[${index}].scored`, scored, labels.length);
  }
}
