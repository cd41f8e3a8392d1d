import type { TensorModel } from '@retrace/models/tensors';
import type { Windows } from '@retrace/windowing';
import { dispose, type NamedTensorMap } from '@tensorflow/tfjs-core';
import { batchGradients } from './batch-gradients.ts';
import { batchOrder } from './batch-order.ts';
import { checkWeighed } from './check-windows.ts';
import type { EpochProgress } from './checkpoint/training-state.ts';
import { checkLabels } from './class-labels.ts';
import { notFiniteError } from './not-finite.ts';
import type { Updater } from './optimizer/updater.ts';
import type { RunSettings } from './run-settings.ts';
import { mergeMeans, type TermMean } from './term-mean.ts';

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
  /** How far the epoch has come already. */
  readonly from: EpochProgress;
  /** Called after each update, with how far the epoch has come. */
  readonly onOutcome: (outcome: StepOutcome, progress: EpochProgress) => Promise<void>;
}

/** The updates of an epoch: one for each `accumulate` batches, the last for those that are left. */
export function stepsOf(windows: number, { batchSize, accumulate }: RunSettings): number {
  return Math.ceil(Math.ceil(windows / batchSize) / accumulate);
}

/**
 * Trains a model on every window once, and tells how far it came: all of the epoch.
 *
 * Loss and norm are read before the weights change, so a batch that is not finite changes nothing.
 *
 * @throws `RETRACE_NOT_FINITE` before the first update that is not finite; `RETRACE_TOO_FEW_WINDOWS` if no element counted.
 */
export async function trainEpoch(
  model: TensorModel,
  windows: Windows,
  { epoch, settings, updater, pace, from, onOutcome }: TrainEpochOptions,
): Promise<EpochProgress> {
  const batches = Math.ceil(windows.length / settings.batchSize);
  const steps = stepsOf(windows.length, settings);
  const teacherForcing = settings.teacherForcing(epoch);
  let { means, norms, labelled } = from;
  let ofStep: readonly TermMean[] = [];
  let batch = 0;
  let gathered: { gradients: NamedTensorMap; batches: number } | undefined;
  try {
    for (const indices of batchOrder(windows.length, { ...settings, epoch })) {
      batch++;
      if (batch <= from.batches) continue;
      const arrays = windows.batch(indices);
      checkLabels('windows', arrays, indices, model);
      labelled += arrays.label?.reduce((count, label) => count + (label > 0 ? 1 : 0), 0) ?? 0;
      const number = (epoch - 1) * batches + batch;
      const before = gathered;
      gathered = undefined;
      const context = { settings, batch: number, teacherForcing, before };
      const { gradients, ...outcome } = await batchGradients(model, windows, arrays, context);
      gathered = { gradients, batches: (before?.batches ?? 0) + 1 };
      const last = gathered.batches === settings.accumulate || batch === batches;
      const step = Math.ceil(batch / settings.accumulate);
      const count = (epoch - 1) * steps + step;
      const symptom = outcome.symptom ?? (last ? updater.symptomOf(outcome.norm, count) : undefined);
      if (symptom !== undefined) {
        const forward = { training: true, random: { seed: settings.seed, step: number }, teacherForcing };
        const at = { phase: 'training', epoch, batch, batches, indices } as const;
        throw await notFiniteError(model, windows, { ...at, forward, symptom, gradients });
      }
      means = mergeMeans(means, outcome.means);
      ofStep = mergeMeans(ofStep, outcome.means);
      if (last) {
        updater.apply(gradients, outcome.norm, count);
        dispose(gradients);
        gathered = undefined;
        norms += outcome.norm;
        const learningRate = updater.learningRateOf(count);
        const told = { step, means: ofStep, norm: outcome.norm, learningRate };
        ofStep = [];
        await onOutcome(told, { batches: batch, means, norms, labelled });
      }
      await pace();
    }
  } finally {
    if (gathered) dispose(gathered.gradients);
  }
  checkWeighed('windows', means);
  return { batches, means, norms, labelled };
}
