import type { TensorModel } from '@retrace/models/tensors';
import type { Windows } from '@retrace/windowing';
import { dispose, type NamedTensorMap } from '@tensorflow/tfjs-core';
import { batchGradients } from './batch-gradients.ts';
import { batchOrder } from './batch-order.ts';
import { checkWeighed } from './check-windows.ts';
import { checkLabels } from './class-labels.ts';
import { notFiniteError } from './not-finite.ts';
import type { Updater } from './optimizer/updater.ts';
import type { RunSettings } from './run-settings.ts';
import { mergeMeans, type TermMean } from './term-mean.ts';

export interface EpochOutcome {
  /** Over all batches. */
  readonly means: readonly TermMean[];
  /** The mean over the steps. */
  readonly norm: number;
  /** The windows that hold a row labelled anomalous. */
  readonly labelled: number;
}

/** One update of the weights. */
interface StepOutcome {
  /** From 1, within the epoch. */
  readonly step: number;
  /** Over its batches, at the weights before it. */
  readonly means: readonly TermMean[];
  /** The global norm of its gradients, before clipping. */
  readonly norm: number;
  readonly learningRate: number;
}

export interface TrainEpochOptions {
  /** From 1. */
  readonly epoch: number;
  readonly settings: RunSettings;
  readonly updater: Updater;
  readonly pace: () => Promise<void>;
  readonly onOutcome: (outcome: StepOutcome) => void;
}

/** The updates of an epoch: one for each `accumulate` batches, the last for those that are left. */
export function stepsOf(windows: number, { batchSize, accumulate }: RunSettings): number {
  return Math.ceil(Math.ceil(windows / batchSize) / accumulate);
}

/**
 * Trains a model on every window once.
 *
 * Loss and norm are read before the weights change, so a batch that is not finite changes nothing.
 *
 * @throws `RETRACE_NOT_FINITE` before the first update that is not finite; `RETRACE_TOO_FEW_WINDOWS` if no element counted.
 */
export async function trainEpoch(
  model: TensorModel,
  windows: Windows,
  { epoch, settings, updater, pace, onOutcome }: TrainEpochOptions,
): Promise<EpochOutcome> {
  const batches = Math.ceil(windows.length / settings.batchSize);
  const steps = stepsOf(windows.length, settings);
  const teacherForcing = settings.teacherForcing(epoch);
  let means: readonly TermMean[] = [];
  let ofStep: readonly TermMean[] = [];
  let norms = 0;
  let labelled = 0;
  let batch = 0;
  let gathered: { gradients: NamedTensorMap; batches: number } | undefined;
  try {
    for (const indices of batchOrder(windows.length, { ...settings, epoch })) {
      batch++;
      const arrays = windows.batch(indices);
      checkLabels('windows', arrays, indices, model);
      labelled += arrays.label?.reduce((count, label) => count + (label > 0 ? 1 : 0), 0) ?? 0;
      const number = (epoch - 1) * batches + batch;
      const before = gathered;
      gathered = undefined;
      const context = { settings, batch: number, teacherForcing, before };
      const { gradients, ...outcome } = await batchGradients(model, windows, arrays, context);
      gathered = { gradients, batches: (before?.batches ?? 0) + 1 };
      const { symptom } = outcome;
      if (symptom !== undefined) {
        const forward = { training: true, random: { seed: settings.seed, step: number }, teacherForcing };
        const failed = { phase: 'training', epoch, batch, batches, indices, forward, symptom } as const;
        throw await notFiniteError(model, windows, failed);
      }
      means = mergeMeans(means, outcome.means);
      ofStep = mergeMeans(ofStep, outcome.means);
      if (gathered.batches === settings.accumulate || batch === batches) {
        const step = Math.ceil(batch / settings.accumulate);
        const count = (epoch - 1) * steps + step;
        updater.apply(gradients, outcome.norm, count);
        dispose(gradients);
        gathered = undefined;
        norms += outcome.norm;
        const learningRate = updater.learningRateOf(count);
        onOutcome({ step, means: ofStep, norm: outcome.norm, learningRate });
        ofStep = [];
      }
      await pace();
    }
  } finally {
    if (gathered) dispose(gathered.gradients);
  }
  checkWeighed('windows', means);
  return { means, norm: norms / steps, labelled };
}
