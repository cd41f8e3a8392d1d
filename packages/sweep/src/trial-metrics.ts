import type { Evaluation } from '@retrace/scoring';
import type { FitResult } from '@retrace/training';
import type { TrialConfig } from './trial-config.ts';

/** What one training gave, as plain numbers. Those from labels are null without labelled test rows, or where not defined. */
export interface TrialMetrics {
  /** The validation loss of the weights in the file: the mean over elements of the windows of held-out rows, scaled. */
  readonly loss: number;
  /** The training loss of the same epoch. */
  readonly trainingLoss: number;
  /** The epochs that ran. */
  readonly epochs: number;
  /** The trainable weights. */
  readonly parameters: number;
  /** The time that training and measuring took. */
  readonly seconds: number;
  readonly rocAuc: number | null;
  readonly averagePrecision: number | null;
  /** F1 of rows at the threshold. */
  readonly pointF1: number | null;
  /** F1 of stretches of rows at the threshold. */
  readonly eventF1: number | null;
  /** The share of rows above the threshold. */
  readonly alarmShare: number | null;
}

/** The metrics that trials can be compared by: of `loss` the lowest is the best, of the others the highest. */
export type ComparedMetric = 'loss' | 'rocAuc' | 'averagePrecision' | 'pointF1' | 'eventF1';

/** The names of {@link ComparedMetric}. */
export const comparedMetrics: readonly ComparedMetric[] = [
  'loss',
  'rocAuc',
  'averagePrecision',
  'pointF1',
  'eventF1',
];

/** Gathers the metrics of a training; `evaluation` is absent without labelled rows. */
export function trialMetrics(
  { history, bestEpoch, epochs }: FitResult,
  { fit: { earlyStopping } }: TrialConfig,
  {
    parameters,
    seconds,
    evaluation,
  }: {
    readonly parameters: number;
    readonly seconds: number;
    readonly evaluation: Evaluation | undefined;
  },
): TrialMetrics {
  const restored = earlyStopping && (earlyStopping.restoreBest ?? true);
  const { validationLoss, loss } = history[(restored ? bestEpoch : epochs) - 1]!;
  return {
    loss: validationLoss!,
    trainingLoss: loss,
    epochs,
    parameters,
    seconds,
    rocAuc: evaluation?.rocAuc ?? null,
    averagePrecision: evaluation?.averagePrecision ?? null,
    pointF1: evaluation?.points.f1 ?? null,
    eventF1: evaluation?.events.f1 ?? null,
    alarmShare: evaluation?.alarmShare ?? null,
  };
}
