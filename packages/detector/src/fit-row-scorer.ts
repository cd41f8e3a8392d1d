import { argumentError, checkInteger, checkKeys, checkOneOf } from '@retrace/errors';
import { checkSignal } from '@retrace/models';
import {
  type AnomalyOptions,
  checkAnomalyOptions,
  type ScorerSpec,
  type ThresholdSpec,
} from '@retrace/scoring';
import {
  checkScalerState,
  checkWindowSpec,
  type ScalerState,
  type Series,
  type WindowSpec,
} from '@retrace/windowing';
import { fitReaderScorer } from './fit-reader-scorer.ts';
import type { Retracer } from './retracer.ts';
import { type RowAggregate, rowAggregates } from './row-aggregator.ts';
import type { RowScorer } from './row-scorer.ts';
import { retracerReader } from './window-reader.ts';

export interface RowScorerOptions {
  /** Raw rows that were not trained on. Rows labelled anomalous are left out of the fit. */
  readonly calibration: readonly Series[];
  /**
   * How scored series are cut into windows, always up to both ends of each run. `horizon` and `shift` may be left out: they
   * are those of the model where its prediction is scored, and 0 elsewhere.
   */
  readonly windows: WindowSpec;
  /** The scaler that was fitted on the training rows. */
  readonly scaler: ScalerState;
  /** How the values of the windows that cover a row become one. Default 'mean', and 'first' for what is said of windows. */
  readonly aggregate?: RowAggregate;
  /** How residuals become a score. Default `{ kind: 'standardised' }`; of latent vectors 'gaussian', of an output with variance 'likelihood'. */
  readonly scorer?: ScorerSpec;
  /** Which scores are anomalous. Default `{ kind: 'quantile', q: 0.99 }`. */
  readonly threshold?: ThresholdSpec;
  /** Which rows under alarm make an anomaly, where `detect` is not told otherwise. Default: each stretch of them. */
  readonly anomalies?: AnomalyOptions;
  /** Windows retraced at once; changes memory and speed, not scores. Default 256. */
  readonly batchSize?: number;
  readonly onWarning?: (message: string) => void;
  /** Ends the fit between two batches of windows; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const optionKeys = [
  'calibration',
  'windows',
  'scaler',
  'aggregate',
  'scorer',
  'threshold',
  'anomalies',
  'batchSize',
  'onWarning',
  'signal',
];

/**
 * Fits a scorer and its threshold on calibration rows, for any retracer.
 *
 * @throws `RETRACE_NO_CALIBRATION` if no window covers a normal calibration row; `RETRACE_FEATURES` if the features
 * are not the scaler's; `RETRACE_SCALER_STATE`; `RETRACE_INVALID_ARGUMENT`.
 */
export async function fitRowScorer(retracer: Retracer, options: RowScorerOptions): Promise<RowScorer> {
  checkRowScorerOptions(options);
  const { horizon = 0 } = options.windows;
  if (horizon > 0)
    throw argumentError('windows.horizon', '0, as a retracer is compared with its input', horizon);
  return fitReaderScorer(retracerReader(retracer, options.scaler.features), options);
}

/** Refuses options that no scorer can be fitted with, and keys besides those and `further`. */
export function checkRowScorerOptions(options: RowScorerOptions, further: readonly string[] = []): void {
  checkKeys('options', options, [...optionKeys, ...further]);
  const { calibration, windows, scaler, aggregate, anomalies, batchSize = 256, onWarning, signal } = options;
  if (!Array.isArray(calibration)) throw argumentError('calibration', 'an array of series', calibration);
  checkWindowSpec(windows);
  checkScalerState(scaler);
  if (aggregate !== undefined) checkOneOf('aggregate', aggregate, rowAggregates);
  if (anomalies !== undefined) checkAnomalyOptions(anomalies);
  checkInteger('batchSize', batchSize, { min: 1 });
  if (onWarning !== undefined && typeof onWarning !== 'function')
    throw argumentError('onWarning', 'a function', onWarning);
  checkSignal(signal);
}
