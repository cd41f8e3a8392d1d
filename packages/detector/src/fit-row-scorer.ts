import { argumentError, checkInteger, checkKeys, RetraceError } from '@retrace/errors';
import { fitScorer, fitThreshold, type ScorerSpec, scoreRows, type ThresholdSpec } from '@retrace/scoring';
import {
  checkScalerState,
  checkWindowSpec,
  runs,
  type ScalerState,
  type Series,
  type WindowSpec,
} from '@retrace/windowing';
import { calibrationTime } from './calibration-time.ts';
import { retraceSeries } from './retrace-series.ts';
import type { Retracer } from './retracer.ts';
import { createRowScorer, type RowScorer } from './row-scorer.ts';

export interface RowScorerOptions {
  /** Raw rows that were not trained on. Rows labelled anomalous are left out of the fit. */
  readonly calibration: readonly Series[];
  /** How scored series are cut into windows, always up to both ends of each run; without a `horizon`. */
  readonly windows: WindowSpec;
  /** The scaler that was fitted on the training rows. */
  readonly scaler: ScalerState;
  /** How residuals become a score. Default `{ kind: 'standardised' }`. */
  readonly scorer?: ScorerSpec;
  /** Which scores are anomalous. Default `{ kind: 'quantile', q: 0.99 }`. */
  readonly threshold?: ThresholdSpec;
  /** Windows retraced at once; changes memory and speed, not scores. Default 256. */
  readonly batchSize?: number;
  readonly onWarning?: (message: string) => void;
}

const optionKeys = ['calibration', 'windows', 'scaler', 'scorer', 'threshold', 'batchSize', 'onWarning'];

/**
 * Fits a scorer and its threshold on calibration rows, for any retracer.
 *
 * @throws `RETRACE_NO_CALIBRATION` if no window covers a normal calibration row; `RETRACE_FEATURES` if the features
 * are not the scaler's; `RETRACE_SCALER_STATE`; `RETRACE_INVALID_ARGUMENT`.
 */
export async function fitRowScorer(retracer: Retracer, options: RowScorerOptions): Promise<RowScorer> {
  checkRowScorerOptions(options);
  const { calibration, windows, scaler, batchSize = 256, onWarning } = options;
  const residuals: Float64Array[] = [];
  for (const series of calibration) {
    const retraced = await retraceSeries(retracer, series, { windows, scaler, batchSize });
    residuals.push(withoutAnomalies(series, retraced.residuals));
  }
  const all = concat(residuals);
  if (all.every(Number.isNaN)) throw noCalibration(calibration.length, windows);
  const scorer = fitScorer(all, { ...options.scorer, features: scaler.features });
  const scores = calibration.map(
    (series, index) => scoreRows(residuals[index]!, scorer, { runs: runs(series, windows.maxGap) }).scores,
  );
  const threshold = fitThreshold(concat(scores), {
    ...options.threshold,
    ...calibrationTime(calibration, windows.maxGap),
    ...(onWarning && { onWarning }),
  });
  const state = { windows: { ...windows }, scaler: checkScalerState(scaler), scorer, threshold };
  return createRowScorer(retracer, state, { batchSize });
}

/** Refuses options that `fitRowScorer` cannot work with. */
export function checkRowScorerOptions(options: RowScorerOptions): void {
  checkKeys('options', options, optionKeys);
  const { calibration, windows, scaler, batchSize = 256, onWarning } = options;
  if (!Array.isArray(calibration)) throw argumentError('calibration', 'an array of series', calibration);
  const { horizon } = checkWindowSpec(windows);
  if (horizon > 0)
    throw argumentError('windows.horizon', '0, as a retracer is compared with its input', horizon);
  checkScalerState(scaler);
  checkInteger('batchSize', batchSize, { min: 1 });
  if (onWarning !== undefined && typeof onWarning !== 'function')
    throw argumentError('onWarning', 'a function', onWarning);
}

function noCalibration(series: number, { lookback }: WindowSpec): RetraceError {
  return new RetraceError(
    'RETRACE_NO_CALIBRATION',
    `No window of ${lookback} rows covers a normal row of the ${series} calibration series. ` +
      'Give longer series, a shorter lookback or a larger maxGap.',
    { series, lookback },
  );
}

function withoutAnomalies({ labels, features }: Series, residuals: Float64Array): Float64Array {
  if (!labels) return residuals;
  return residuals.map((value, cell) => (labels[Math.floor(cell / features.length)] ? Number.NaN : value));
}

function concat(arrays: readonly Float64Array[]): Float64Array {
  const result = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const array of arrays) {
    result.set(array, offset);
    offset += array.length;
  }
  return result;
}
