import { argumentError } from '@retrace/errors';
import type { SequenceModel } from '@retrace/models';
import { createDetector, type Detector } from './detector.ts';
import { checkRowScorerOptions, fitRowScorer, type RowScorerOptions } from './fit-row-scorer.ts';
import { modelRetracer } from './model-retracer.ts';

/**
 * Fits a detector around a trained model: scores calibration rows with it and sets the threshold there. The
 * detector owns the model from then on.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if the model's shape is not that of the windows and the scaler;
 * `RETRACE_NO_CALIBRATION` if no window covers a normal calibration row.
 */
export async function fitDetector(model: SequenceModel, options: RowScorerOptions): Promise<Detector> {
  checkRowScorerOptions(options);
  checkFit(model, options);
  const { state } = await fitRowScorer(modelRetracer(model), options);
  return createDetector(model, state, { batchSize: options.batchSize ?? 256 });
}

/** Refuses a model that reads other windows than it would be given. */
export function checkFit(
  model: SequenceModel,
  { windows, scaler }: Pick<RowScorerOptions, 'windows' | 'scaler'>,
): void {
  if (typeof model?.run !== 'function')
    throw argumentError('model', 'a model from `createModel` or `loadModel`', model);
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
}
