import type { TensorModel } from '@retrace/models/tensors';
import { type AdamState, adamUpdate, globalNorm, valueAndGradients } from '@retrace/ops';
import type { WindowBatch, Windows } from '@retrace/windowing';
import { concat, dispose, keep, type Tensor1D, tidy, type Variable } from '@tensorflow/tfjs-core';
import { clipByNorm } from './clip-by-norm.ts';
import type { FitSettings } from './fit-options.ts';
import { type LossTerm, lossTerms, readTerms, stackTerms, sumTerms } from './loss-terms.ts';
import { symptomOf } from './symptom.ts';
import { uploadBatch } from './tensor-batch.ts';
import type { TermMean } from './term-mean.ts';

export interface StepOutcome {
  readonly means: readonly TermMean[];
  /** The global norm of the gradients, before clipping. */
  readonly norm: number;
  /** What was not finite, if anything; the weights were then left as they were. */
  readonly symptom: string | undefined;
}

/**
 * Takes the `step`th step of a fit, from 1.
 *
 * Loss and norm are read before the weights change, so a step that is not finite changes nothing. A finite gradient
 * keeps the weights finite: a step of Adam is bounded by a small multiple of the learning rate.
 */
export async function trainingStep(
  model: TensorModel,
  adam: AdamState,
  windows: Windows,
  batch: WindowBatch,
  step: number,
  { loss, optimizer, clipNorm, seed, classWeight }: FitSettings,
  teacherForcing: number,
): Promise<StepOutcome> {
  const { learningRate, beta1, beta2, epsilon } = optimizer;
  let terms: readonly LossTerm[] = [];
  const { gradients, reading } = tidy(() => {
    const uploaded = uploadBatch(batch, windows, model.heads, classWeight);
    let values: Tensor1D | undefined;
    try {
      const { gradients } = valueAndGradients(() => {
        const forward = model.forward(uploaded.input, {
          training: true,
          random: { seed, step },
          teacherForcing,
        });
        terms = lossTerms(model, uploaded, forward, loss);
        // Kept, because differentiation disposes whatever its function does not return.
        values = keep(stackTerms(terms));
        return sumTerms(terms);
      }, trainableOf(model));
      return { gradients, reading: concat([values!, globalNorm(gradients)]) };
    } finally {
      values?.dispose();
    }
  });
  try {
    const values = await reading.data();
    const means = readTerms(terms, values);
    const norm = values[terms.length]!;
    const symptom = symptomOf(means, norm);
    if (symptom === undefined) {
      tidy(() => {
        const clipped = clipNorm === undefined ? gradients : clipByNorm(gradients, norm, clipNorm);
        adamUpdate(trainableOf(model), clipped, adam, { learningRate, beta1, beta2, epsilon, step });
      });
    }
    return { means, norm, symptom };
  } finally {
    dispose([reading, gradients]);
  }
}

/** The weights that training changes: all but frozen ones. */
export function trainableOf(model: TensorModel): Variable[] {
  return model.variables.map(({ variable }) => variable).filter(({ trainable }) => trainable);
}
