import { argumentError, checkKeys, checkOneOf } from '@retrace/errors';
import { type BudgetSpec, type CalibrationTime, fitBudget } from './budget-threshold.ts';
import { type CalibrationScores, calibrationScores } from './calibration-scores.ts';
import { type ConformalSpec, fitConformal } from './conformal-threshold.ts';
import { type DynamicSpec, fitDynamic } from './dynamic-threshold.ts';
import { largestScore } from './largest-score.ts';
import { fitPeaks, type PeaksSpec } from './peaks-threshold.ts';
import { fitQuantile, type QuantileSpec, type QuantileThresholdState } from './quantile-threshold.ts';
import { fitSpread, type SpreadSpec } from './spread-threshold.ts';
import { checkThresholdState, type ThresholdState, thresholdKinds } from './threshold-state.ts';

/** How to choose a threshold. */
export type ThresholdSpec = QuantileSpec | SpreadSpec | ConformalSpec | BudgetSpec | PeaksSpec | DynamicSpec;

/** What a fit is told besides its specification. */
export interface ThresholdFit extends CalibrationTime {
  /** Receives what the caller should know about the fit. */
  readonly onWarning?: (message: string) => void;
}

export type FitThresholdOptions = ThresholdSpec & ThresholdFit;

const specKeys = {
  quantile: ['q', 'standardErrors'],
  sigma: ['k'],
  mad: ['k'],
  conformal: ['alpha'],
  budget: ['share', 'alarmsPerDay'],
  pot: ['risk', 'level'],
  spot: ['risk', 'level'],
  dspot: ['risk', 'level', 'depth'],
  dynamic: ['window', 'buffer', 'prune'],
} as const;

/**
 * Fits a threshold to the scores of calibration rows, `NaN` scores aside. The default is the quantile 0.99.
 *
 * @throws `RETRACE_TOO_FEW_ROWS` if every score is `NaN` or the kind needs more, `RETRACE_INVALID_ARGUMENT` for a negative
 * or infinite score, one above 1e150 but for a quantile, or an unknown option.
 */
export function fitThreshold(
  scores: ArrayLike<number>,
  options?: QuantileSpec & ThresholdFit,
): QuantileThresholdState;
export function fitThreshold(scores: ArrayLike<number>, options: FitThresholdOptions): ThresholdState;
export function fitThreshold(scores: ArrayLike<number>, options: FitThresholdOptions = {}): ThresholdState {
  const kind = checkOneOf('kind', Object(options).kind ?? 'quantile', thresholdKinds);
  checkKeys('options', options, ['kind', ...specKeys[kind], 'runs', 'days', 'onWarning']);
  const calibration = calibrationScores(scores);
  const highest = calibration.sorted.at(-1)!;
  if (kind !== 'quantile' && highest > largestScore) {
    throw argumentError('scores', `at most ${largestScore} for the kind '${kind}'`, highest);
  }
  return checkThresholdState(fitKind(calibration, options));
}

function fitKind(calibration: CalibrationScores, options: FitThresholdOptions): ThresholdState {
  const { onWarning } = options;
  switch (options.kind) {
    case 'sigma':
    case 'mad':
      return fitSpread(calibration, options, onWarning);
    case 'conformal':
      return fitConformal(calibration, options);
    case 'budget':
      return fitBudget(calibration, options, options, onWarning);
    case 'pot':
    case 'spot':
    case 'dspot':
      return fitPeaks(calibration, options, onWarning);
    case 'dynamic':
      return fitDynamic(calibration, options);
    default:
      return fitQuantile(calibration, options, onWarning);
  }
}
