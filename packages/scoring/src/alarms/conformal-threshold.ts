import { checkNumber, checkNumberColumn, RetraceError } from '@retrace/errors';
import { type CalibrationScores, calibrationScores } from './calibration-scores.ts';
import { type ConstantThreshold, thresholdHead } from './threshold-head.ts';

/**
 * The scores whose conformal p-value is at most `alpha`: a row that is exchangeable with the calibration rows is an
 * alarm with a probability of at most `alpha`, whatever the distribution of the scores (Vovk, Gammerman and Shafer
 * 2005; Laxhammar and Falkman 2010). The probability is over calibration and new rows together.
 */
export interface ConformalSpec {
  readonly kind: 'conformal';
  /** Above 0, below 1. Default 0.01, which takes at least 99 calibration scores. */
  readonly alpha?: number;
}

export interface ConformalThresholdState extends ConstantThreshold {
  readonly kind: 'conformal';
  readonly alpha: number;
}

const share = { min: Number.MIN_VALUE, max: 1 - Number.EPSILON };

/** @throws `RETRACE_TOO_FEW_ROWS` where no p-value can be as low as `alpha`. */
export function fitConformal(
  { sorted }: CalibrationScores,
  { alpha = 0.01 }: ConformalSpec,
): ConformalThresholdState {
  checkNumber('alpha', alpha, share);
  const rows = sorted.length;
  // p ≤ alpha where at most this many calibration scores are no lower; the slack undoes the rounding of the product.
  const noLower = Math.floor(alpha * (rows + 1) + 1e-9) - 1;
  if (noLower < 0) {
    const needed = Math.ceil(1 / alpha - 1e-9) - 1;
    throw new RetraceError(
      'RETRACE_TOO_FEW_ROWS',
      `${rows} calibration scores are too few for an \`alpha\` of ${alpha}, which takes ${needed}. Calibrate on more ` +
        'rows, or raise `alpha`.',
      { rows, needed },
    );
  }
  return { ...thresholdHead(rows), kind: 'conformal', value: sorted[rows - 1 - noLower]!, alpha };
}

export function checkConformal(fields: Record<string, unknown>): Pick<ConformalThresholdState, 'alpha'> {
  return { alpha: checkNumber('threshold.alpha', fields.alpha, share) };
}

/**
 * Computes the conformal p-value of each score: (k + 1) / (n + 1), where k of the n calibration scores are no lower.
 *
 * Of rows that are exchangeable with the calibration rows it is at most α with a probability of at most α, for any α.
 *
 * @returns `[rows]`, above 0 and at most 1; `NaN` where a row has no score.
 * @throws What `fitThreshold` throws for calibration scores; `RETRACE_INVALID_ARGUMENT` if a score is no number.
 */
export function conformalPValues(scores: ArrayLike<number>, calibration: ArrayLike<number>): Float64Array {
  const { sorted } = calibrationScores(calibration);
  return Float64Array.from(checkNumberColumn('scores', scores), (score) =>
    Number.isNaN(score) ? Number.NaN : (sorted.length - countBelow(sorted, score) + 1) / (sorted.length + 1),
  );
}

function countBelow(sorted: Float64Array, score: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < score) low = middle + 1;
    else high = middle;
  }
  return low;
}
