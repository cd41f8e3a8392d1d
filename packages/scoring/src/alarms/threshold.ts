import {
  argumentError,
  checkFormat,
  checkInteger,
  checkKeys,
  checkNumber,
  checkNumberColumn,
  checkOneOf,
  checkRecord,
  checkState,
  RetraceError,
} from '@retrace/errors';
import { quantileOf } from '../quantile.ts';

/** How to choose a threshold. */
export interface ThresholdSpec {
  /** `'quantile'` (default): the score that the share `q` of the calibration rows stays at or below. */
  readonly kind?: 'quantile';
  /** The share, from 0 to 1. Default 0.99. */
  readonly q?: number;
}

export interface FitThresholdOptions extends ThresholdSpec {
  /** Receives what the caller should know about the fit. */
  readonly onWarning?: (message: string) => void;
}

/** A fitted threshold: plain JSON. A row is anomalous if its score exceeds `value`. */
export interface ThresholdState {
  readonly format: 'retrace-threshold';
  readonly version: 1;
  readonly kind: 'quantile';
  /** At least 0, in the unit of the scores. */
  readonly value: number;
  readonly q: number;
  /** How many scores it was fitted on. */
  readonly rows: number;
}

/**
 * Fits a threshold to the scores of calibration rows, `NaN` scores aside. Quantiles interpolate linearly between the
 * nearest scores, as `numpy.quantile` does.
 *
 * @throws `RETRACE_TOO_FEW_ROWS` if every score is `NaN`, `RETRACE_INVALID_ARGUMENT` for a negative or infinite score
 * or an unknown option.
 */
export function fitThreshold(scores: ArrayLike<number>, options: FitThresholdOptions = {}): ThresholdState {
  checkKeys('options', options, ['kind', 'q', 'onWarning']);
  const { kind = 'quantile', q = 0.99, onWarning } = options;
  checkOneOf('kind', kind, ['quantile']);
  checkNumber('q', q, { min: 0, max: 1 });
  const sorted = Float64Array.from(checkNumberColumn('scores', scores))
    .filter((score) => !Number.isNaN(score))
    .sort();
  if (sorted.length === 0) {
    throw new RetraceError(
      'RETRACE_TOO_FEW_ROWS',
      `None of the ${scores.length} calibration rows has a score. Calibrate on rows that windows cover.`,
      { rows: 0, needed: 1 },
    );
  }
  for (const end of [sorted[0]!, sorted.at(-1)!]) {
    if (!(end >= 0 && end < Infinity)) throw argumentError('scores', 'finite numbers of at least 0', end);
  }
  const needed = Math.ceil(1 / (1 - q) - 1e-9);
  if (q < 1 && sorted.length < needed) {
    onWarning?.(
      `${sorted.length} calibration scores are too few for the quantile ${q}: with fewer than ${needed} the threshold ` +
        'is all but their maximum. Calibrate on more rows, or lower q.',
    );
  }
  return {
    format: 'retrace-threshold',
    version: 1,
    kind,
    value: quantileOf(sorted, q),
    q,
    rows: sorted.length,
  };
}

/**
 * Returns `value` if it is a threshold state, such as one read from a file.
 *
 * @throws `RETRACE_UNSUPPORTED_VERSION` if a later release wrote it, `RETRACE_THRESHOLD_STATE` naming the first field
 * that is not what it must be.
 */
export function checkThresholdState(value: unknown): ThresholdState {
  return checkState('RETRACE_THRESHOLD_STATE', () => {
    const fields = checkRecord('threshold', value);
    checkFormat('threshold', fields, 'retrace-threshold');
    checkKeys('threshold', fields, ['format', 'version', 'kind', 'value', 'q', 'rows']);
    return {
      format: 'retrace-threshold',
      version: 1,
      kind: checkOneOf('threshold.kind', fields.kind, ['quantile']),
      value: checkNumber('threshold.value', fields.value, { min: 0 }),
      q: checkNumber('threshold.q', fields.q, { min: 0, max: 1 }),
      rows: checkInteger('threshold.rows', fields.rows, { min: 1 }),
    };
  });
}
