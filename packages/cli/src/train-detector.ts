import { type Detector, fitDetector } from '@retrace/detector';
import { createModel } from '@retrace/models';
import { type FitOptions, type FitResult, fit } from '@retrace/training';
import type { WindowSpec } from '@retrace/windowing';
import { toFitPlan } from './fit-flags.ts';
import { toModelSpec } from './model-flags.ts';
import type { SettledFlags } from './train-flags.ts';
import type { TrainingParts } from './training-parts.ts';

type TrainDetectorOptions = Pick<FitOptions, 'checkpoint' | 'signal' | 'onStep' | 'onEpoch' | 'onWarning'>;

/** A detector, and how it came to be. */
export interface TrainedDetector {
  readonly detector: Detector;
  readonly result: FitResult;
}

/**
 * Trains a model on the windows and fits a detector around it on the calibration rows.
 *
 * @throws What `toFitPlan`, `fit` and `fitDetector` throw; the reason of `signal`.
 */
export async function trainDetector(
  { spec, scaler, windows, calibration }: TrainingParts,
  flags: SettledFlags,
  options: TrainDetectorOptions,
): Promise<TrainedDetector> {
  const plan = toFitPlan(windows, flags);
  const shape = { timesteps: spec.lookback, features: scaler.features.length };
  const model = createModel(toModelSpec(flags, shape), { seed: flags.seed });
  try {
    const result = await fit(model, plan.windows, { ...plan.options, ...options });
    const { onWarning, signal } = options;
    const detector = await fitDetector(model, {
      calibration,
      windows: scoredWindows({ ...spec, stride: flags.scoreStride }),
      scaler,
      ...flags.scored,
      ...(flags.aggregate && { aggregate: flags.aggregate }),
      ...(onWarning && { onWarning }),
      ...(signal && { signal }),
    });
    return { detector, result };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** With a stride above the horizon, a row in between would never be predicted, and have no score. */
function scoredWindows({ stride = 1, ...spec }: WindowSpec): WindowSpec {
  return { ...spec, stride: spec.horizon ? Math.min(stride, spec.horizon) : stride };
}
