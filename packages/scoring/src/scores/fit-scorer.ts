import { argumentError, checkKeys, checkNames, checkNumber, checkOneOf, RetraceError } from '@retrace/errors';
import { featureSpread } from './feature-spread.ts';
import { usableResiduals } from './residuals.ts';
import { leastSpread, type ScorerState, scorerKinds } from './scorer-state.ts';
import { shrunkCorrelation } from './shrunk-correlation.ts';
import { checkSmoothing, type Smoothing } from './smooth-rows.ts';

/** Which score to fit. */
export interface ScorerSpec {
  /**
   * `'mae'`: mean magnitude of the residuals. `'mse'`: mean square. `'standardised'` (default): mean square after
   * subtracting each feature's calibration mean and dividing by its calibration spread. `'gaussian'`: squared
   * Mahalanobis distance over the number of features, which also sees features that depart from moving together.
   * The last two average about 1 over the calibration rows.
   */
  readonly kind?: ScorerState['kind'];
  /** For `'standardised'`: measure by median and median absolute deviation, for calibration rows with anomalies among them. Default false. */
  readonly robust?: boolean;
  /**
   * For `'standardised'`: the most spreads that one residual counts as (it is winsorised there), so that with
   * `smoothing` a lasting departure outweighs a single wild row. Default none.
   */
  readonly clip?: number;
  /**
   * The least spread of a feature, in scaled units, default 0.001: a feature that the model retraces almost exactly
   * (a constant one) does not drown the others at its first stir.
   */
  readonly minSpread?: number;
  /** Averages the scores over the past rows. Default none. */
  readonly smoothing?: Smoothing;
}

export interface FitScorerOptions extends ScorerSpec {
  /** The names of the columns of the residuals. */
  readonly features: readonly string[];
  /** `[rows, features]`, 0 where a cell is missing; `NaN` residuals are missing without it. */
  readonly observed?: ArrayLike<number>;
}

/**
 * Fits a scorer to the residuals of calibration rows (`[rows, features]`, actual − retraced, in scaled units): rows
 * that the model was not trained on and that are presumed normal.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for an unknown kind or option, `RETRACE_TOO_FEW_ROWS` if a kind that measures the
 * residuals finds fewer than two of a feature (`'gaussian'`: fewer than two rows with every feature).
 */
export function fitScorer(residuals: ArrayLike<number>, options: FitScorerOptions): ScorerState {
  checkKeys('options', options, ['features', 'kind', 'robust', 'clip', 'minSpread', 'smoothing', 'observed']);
  const {
    features,
    kind = 'standardised',
    robust = false,
    clip,
    minSpread = 0.001,
    smoothing,
    observed,
  } = options;
  checkOneOf('kind', kind, scorerKinds);
  checkNumber('minSpread', minSpread, { min: leastSpread });
  if (robust && kind !== 'standardised') {
    throw argumentError('robust', "false for every kind but 'standardised'", robust);
  }
  if (clip !== undefined) {
    if (kind !== 'standardised')
      throw argumentError('clip', "absent for every kind but 'standardised'", clip);
    checkNumber('clip', clip, { min: leastSpread });
  }
  const head = {
    format: 'retrace-scorer',
    version: 1,
    features: checkNames('features', features),
    ...(smoothing && { smoothing: checkSmoothing('smoothing', smoothing) }),
  } as const;
  const usable = usableResiduals(residuals, features, observed);
  switch (kind) {
    case 'mae':
    case 'mse':
      return { ...head, kind };
    case 'standardised':
      return {
        ...head,
        kind,
        ...featureSpread(usable, features, { robust, minSpread }),
        ...(clip !== undefined && { clip }),
      };
    case 'gaussian':
      return {
        ...head,
        kind,
        ...featureSpread(usable, features, { robust: false, minSpread }),
        ...shrunkCorrelation(wholeRows(usable, features.length), features.length),
      };
  }
}

function wholeRows(residuals: Float64Array, features: number): Float64Array {
  const rows = Array.from({ length: residuals.length / features }, (_, row) =>
    residuals.subarray(row * features, (row + 1) * features),
  ).filter((row) => !row.some(Number.isNaN));
  if (rows.length < 2) {
    throw new RetraceError(
      'RETRACE_TOO_FEW_ROWS',
      `${rows.length} calibration rows have a residual of every feature; a scorer of kind 'gaussian' needs at least 2. ` +
        "Calibrate on more rows, or use kind 'standardised', which measures each feature by itself.",
      { rows: rows.length, needed: 2 },
    );
  }
  const whole = new Float64Array(rows.length * features);
  for (const [index, row] of rows.entries()) whole.set(row, index * features);
  return whole;
}
