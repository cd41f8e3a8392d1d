import type { ForwardOptions, TensorModel } from '@retrace/models/tensors';
import type { Windows } from '@retrace/windowing';
import { type Tensor1D, tidy } from '@tensorflow/tfjs-core';
import { batchOrder } from './batch-order.ts';
import { checkWeighed } from './check-windows.ts';
import { checkLabels } from './class-labels.ts';
import { type LossTerm, lossTerms, readTerms, stackTerms } from './loss-terms.ts';
import { notFiniteError } from './not-finite.ts';
import type { RunSettings } from './run-settings.ts';
import { symptomOf } from './symptom.ts';
import { uploadBatch } from './tensor-batch.ts';
import { mergeMeans, type TermMean } from './term-mean.ts';

export interface ValidateOptions {
  /** The epoch that has ended, from 1. */
  readonly epoch: number;
  readonly settings: RunSettings;
  readonly pace: () => Promise<void>;
}

/**
 * Computes the means of the loss's terms over all windows, without dropout.
 *
 * @throws `RETRACE_NOT_FINITE` at the first batch whose loss is not finite; `RETRACE_TOO_FEW_WINDOWS` if no element counts.
 */
export async function validate(
  model: TensorModel,
  windows: Windows,
  { epoch, settings, pace }: ValidateOptions,
): Promise<readonly TermMean[]> {
  const { batchSize, loss, seed, lossWeights } = settings;
  const forward: ForwardOptions = { training: false };
  const batches = Math.ceil(windows.length / batchSize);
  let means: readonly TermMean[] = [];
  let batch = 0;
  for (const indices of batchOrder(windows.length, { batchSize, shuffle: false, seed, epoch })) {
    batch++;
    const arrays = windows.batch(indices);
    checkLabels('validation', arrays, indices, model);
    let terms: readonly LossTerm[] = [];
    const reading = tidy(() => {
      const uploaded = uploadBatch(arrays, windows, model.heads, settings);
      terms = lossTerms(model, uploaded, model.forward(uploaded.input, forward), loss, lossWeights.headOf);
      return stackTerms(terms);
    });
    const ofBatch = readTerms(terms, await readAndDispose(reading));
    const symptom = symptomOf(ofBatch);
    if (symptom !== undefined) {
      const failed = { phase: 'validation', epoch, batch, batches, indices, forward, symptom } as const;
      throw await notFiniteError(model, windows, failed);
    }
    means = mergeMeans(means, ofBatch);
    await pace();
  }
  checkWeighed('validation', means);
  return means;
}

async function readAndDispose(reading: Tensor1D): Promise<ArrayLike<number>> {
  try {
    return await reading.data();
  } finally {
    reading.dispose();
  }
}
