import {
  type Detector,
  type FitDetectorOptions,
  fitDetector,
  type Suggestion,
  trainingWindows,
} from '@retrace/detector';
import { createModel } from '@retrace/models';
import type { ScorerSpec } from '@retrace/scoring';
import { fit } from '@retrace/training';
import { fitScaler, type ScalerState } from '@retrace/windowing';
import type { Task } from './evaluation-set.ts';
import type { Network } from './networks.ts';
import { unlabelled } from './suggestion-for.ts';

/** A network that detectors can be fitted around; it is disposed, not they. */
export interface TrainedNetwork {
  detectorBy(scorer: ScorerSpec): Promise<Detector>;
  dispose(): void;
}

/** Trains a network on the training rows of a task. */
export async function trainNetwork(
  network: Network,
  suggestion: Suggestion,
  task: Task,
  seed: number,
): Promise<TrainedNetwork> {
  const series = task.train.map(unlabelled);
  const scaler = fitScaler(series, suggestion.scaler);
  const { windows: spec, fit: options } = suggestion.training;
  const ahead = { training: { ...suggestion.training, windows: { ...spec, ...network.ahead } } };
  const { windows, validation } = trainingWindows(series, ahead, scaler);
  const model = createModel(network.model, { seed });
  await fit(model, windows, { ...options, validation, seed });
  const { windows: scored } = suggestion.detector;
  return {
    detectorBy: (scorer) =>
      fitDetector(model, {
        ...scorerOptions(task, suggestion, scaler),
        windows: { ...scored, ...network.ahead, stride: network.stride },
        scorer,
      }),
    dispose: () => model.dispose(),
  };
}

/** What a scorer of any method is fitted with. */
export function scorerOptions(
  task: Task,
  { detector: { threshold, anomalies } }: Suggestion,
  scaler: ScalerState,
): Pick<FitDetectorOptions, 'calibration' | 'scaler' | 'threshold' | 'anomalies'> {
  return { calibration: task.calibration.map(unlabelled), scaler, threshold, anomalies };
}
