import { argumentError, checkOneOf } from '@retrace/errors';
import type { SequenceModel } from '@retrace/models';
import type { ScoreCombination } from '@retrace/scoring';
import type { WindowSpec } from '@retrace/windowing';
import { createDetector, type Detector } from './detector.ts';
import { fitReaderScorer } from './fit-reader-scorer.ts';
import { checkRowScorerOptions, type RowScorerOptions } from './fit-row-scorer.ts';
import { modelReader } from './model-reader.ts';
import { fittedProvenance } from './provenance.ts';
import type { ScoredOutput } from './scored-output.ts';
import { seriesDigest } from './series-digest.ts';
import type { WindowReader } from './window-reader.ts';

export interface FitDetectorOptions extends RowScorerOptions {
  /**
   * What of the model rows are scored by. Default: the reconstruction, the prediction or both, as the model has them; of a
   * latent-target model its latent-target error, of an encoder or classifier the latent vector.
   */
  readonly outputs?: readonly ScoredOutput[];
  /** How the scores of several outputs become one: see `fitCombinedScorer`. Default 'product'. */
  readonly combine?: ScoreCombination;
}

/**
 * Fits a detector around a trained model: scores calibration rows with it and sets the threshold there. The
 * detector owns the model from then on.
 *
 * A row is scored by the reconstruction of the windows that it is in, and by the prediction of those whose rows out it is
 * among. A composite model has both, and a row of a window that the rows out do not follow, at the end of a run, or
 * that no rows in precede, at its start, is scored by the one that it has. The latent vector, and the latent-target error,
 * are of a window: they are given to its last row, as is usual where windows are scored while they come (Audibert et al.
 * 2020, USAD), and with a stride to all rows that no earlier window has. With `aggregate: 'mean'` they are spread over all
 * rows of the window. How far a latent vector lies from those of the calibration rows is a scorer's of kind 'gaussian', its
 * default: the Mahalanobis distance under a Ledoit–Wolf correlation. Blame is then of latent units, not of features.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if the model's shape is not that of the windows and the scaler;
 * `RETRACE_MODEL_KIND` for a model without the outputs; `RETRACE_NO_CALIBRATION` if no window covers a normal
 * calibration row.
 */
export async function fitDetector(model: SequenceModel, options: FitDetectorOptions): Promise<Detector> {
  checkRowScorerOptions(options, ['outputs', 'combine']);
  const { outputs, combine, scaler, batchSize = 256, ...rest } = options;
  if (combine !== undefined) checkOneOf('combine', combine, ['mean', 'product']);
  if (typeof model?.run !== 'function')
    throw argumentError('model', 'a model from `createModel` or `loadModel`', model);
  const reader = modelReader(model, scaler.features, outputs);
  const windows = { ...predictedRows(model, reader), ...options.windows };
  checkFit(model, reader, { windows, scaler });
  const provenance = fittedProvenance(seriesDigest(options.calibration));
  const fitting = { ...rest, ...(combine && { combine }), scaler, windows, batchSize };
  const { state } = await fitReaderScorer(reader, fitting);
  return createDetector(model, reader, state, { batchSize, provenance });
}

/** Refuses windows that the model does not read, or a scaler of other features. */
export function checkFit(
  model: SequenceModel,
  reader: WindowReader,
  { windows, scaler }: Pick<RowScorerOptions, 'windows' | 'scaler'>,
): void {
  const { timesteps, features } = model.spec;
  if (windows.lookback !== timesteps) {
    throw argumentError('windows.lookback', `${timesteps}, the timesteps of the model`, windows.lookback);
  }
  if (scaler.features.length !== features) {
    throw argumentError(
      'scaler',
      `fitted on ${features} features, as many as the model reads`,
      scaler.features,
    );
  }
  const { horizon = 0, shift = 0 } = predictedRows(model, reader);
  const why = horizon > 0 ? 'as the model predicts' : 'as no prediction is scored';
  if ((windows.horizon ?? 0) !== horizon)
    throw argumentError('windows.horizon', `${horizon}, ${why}`, windows.horizon);
  if ((windows.shift ?? 0) !== shift) throw argumentError('windows.shift', `${shift}, ${why}`, windows.shift);
}

/** The rows out of the windows that the reader needs: those of the model, where its prediction is scored. */
function predictedRows(
  { spec }: SequenceModel,
  { outputs }: WindowReader,
): Pick<WindowSpec, 'horizon' | 'shift'> {
  if (!('horizon' in spec) || outputs.every(({ rows }) => rows !== 'out')) return {};
  return { horizon: spec.horizon, shift: spec.shift };
}
