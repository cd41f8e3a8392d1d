import type { TensorModel } from '@retrace/models/tensors';
import type { AdamState } from '@retrace/ops';
import type { Windows } from '@retrace/windowing';
import { batchOrder } from './batch-order.ts';
import { checkWeighed } from './check-windows.ts';
import { checkLabels } from './class-labels.ts';
import type { FitSettings } from './fit-options.ts';
import { notFiniteError } from './not-finite.ts';
import { mergeMeans, type TermMean } from './term-mean.ts';
import { type StepOutcome, trainingStep } from './training-step.ts';

export interface EpochOutcome {
  /** Over all batches. */
  readonly means: readonly TermMean[];
  /** The mean over the steps. */
  readonly norm: number;
  /** The windows that hold a row labelled anomalous. */
  readonly labelled: number;
}

export interface TrainEpochOptions {
  /** From 1. */
  readonly epoch: number;
  readonly settings: FitSettings;
  readonly pace: () => Promise<void>;
  /** Called after each step, counted from 1 within the epoch. */
  readonly onOutcome: (step: number, outcome: StepOutcome) => void;
}

/**
 * Trains a model on every window once.
 *
 * @throws `RETRACE_NOT_FINITE` before the first update that is not finite; `RETRACE_TOO_FEW_WINDOWS` if no element counted.
 */
export async function trainEpoch(
  model: TensorModel,
  adam: AdamState,
  windows: Windows,
  { epoch, settings, pace, onOutcome }: TrainEpochOptions,
): Promise<EpochOutcome> {
  const batches = Math.ceil(windows.length / settings.batchSize);
  let means: readonly TermMean[] = [];
  let norms = 0;
  let labelled = 0;
  let batch = 0;
  const teacherForcing = settings.teacherForcing(epoch);
  for (const indices of batchOrder(windows.length, { ...settings, epoch })) {
    batch++;
    const step = (epoch - 1) * batches + batch;
    const arrays = windows.batch(indices);
    checkLabels('windows', arrays, indices, model);
    labelled += arrays.label?.reduce((count, label) => count + (label > 0 ? 1 : 0), 0) ?? 0;
    const outcome = await trainingStep(model, adam, windows, arrays, step, settings, teacherForcing);
    const { symptom } = outcome;
    if (symptom !== undefined) {
      const forward = { training: true, random: { seed: settings.seed, step }, teacherForcing };
      const failed = { phase: 'training', epoch, batch, batches, indices, forward, symptom } as const;
      throw await notFiniteError(model, windows, failed);
    }
    means = mergeMeans(means, outcome.means);
    norms += outcome.norm;
    onOutcome(batch, outcome);
    await pace();
  }
  checkWeighed('windows', means);
  return { means, norm: norms / batches, labelled };
}
