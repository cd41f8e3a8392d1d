import { argumentError, RetraceError } from '@retrace/errors';
import type { SequenceModel } from '@retrace/models';
import { tensorsOf } from '@retrace/models/tensors';
import { createDetector, type Detector } from './detector.ts';
import { checkRowScorerOptions, fitRowScorer, type RowScorerOptions } from './fit-row-scorer.ts';
import { modelRetracer } from './model-retracer.ts';
import { fittedProvenance } from './provenance.ts';
import { seriesDigest } from './series-digest.ts';

/**
 * Fits a detector around a trained model: scores calibration rows with it and sets the threshold there. The
 * detector owns the model from then on.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if the model's shape is not that of the windows and the scaler;
 * `RETRACE_MODEL_KIND` for a model that reconstructs nothing; `RETRACE_NO_CALIBRATION` if no window covers a normal
 * calibration row.
 */
export async function fitDetector(model: SequenceModel, options: RowScorerOptions): Promise<Detector> {
  checkRowScorerOptions(options);
  checkFit(model, options);
  const provenance = fittedProvenance(seriesDigest(options.calibration));
  const { state } = await fitRowScorer(modelRetracer(model), options);
  return createDetector(model, state, { batchSize: options.batchSize ?? 256, provenance });
}

/** Refuses a model that reads other windows than it would be given, or does not draw them again. */
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
  if (tensorsOf(model).heads.some(({ name }) => name === 'reconstruction')) return;
  throw new RetraceError(
    'RETRACE_MODEL_KIND',
    `A detector scores how a model reconstructs its input; a model of kind '${model.spec.kind}' has no such head.`,
    { kind: model.spec.kind },
  );
}
