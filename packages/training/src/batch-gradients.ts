import type { TensorModel } from '@retrace/models/tensors';
import { globalNorm, valueAndGradients } from '@retrace/ops';
import type { WindowBatch, Windows } from '@retrace/windowing';
import {
  add,
  concat,
  dispose,
  keep,
  mul,
  type NamedTensorMap,
  type Tensor1D,
  tensor3d,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import { withNoise } from './input-noise.ts';
import { type LossTerm, lossTerms, readTerms, stackTerms, sumTerms } from './loss-terms.ts';
import type { RunSettings } from './run-settings.ts';
import { symptomOf } from './symptom.ts';
import { uploadBatch } from './tensor-batch.ts';
import type { TermMean } from './term-mean.ts';

/** What a batch gives. The gradients are the caller's to dispose. */
export interface BatchGradients {
  readonly gradients: NamedTensorMap;
  readonly means: readonly TermMean[];
  /** The global norm of the gradients, those before included. */
  readonly norm: number;
  /** What was not finite, if anything. */
  readonly symptom: string | undefined;
}

export interface BatchContext {
  readonly settings: RunSettings;
  /** The number of the batch over all epochs, from 1: with the seed it decides the dropout. */
  readonly batch: number;
  readonly teacherForcing: number;
  /** The mean gradients of so many batches before, which this one adds to. They are disposed. */
  readonly before?: { readonly gradients: NamedTensorMap; readonly batches: number } | undefined;
}

/** Computes the loss of a batch and its gradients, and reads the loss and the norm: one wait for the backend. */
export async function batchGradients(
  model: TensorModel,
  windows: Windows,
  batch: WindowBatch,
  { settings, batch: step, teacherForcing, before }: BatchContext,
): Promise<BatchGradients> {
  const { loss, seed, noise, lossWeights } = settings;
  let terms: readonly LossTerm[] = [];
  const run = () => {
    const uploaded = uploadBatch(batch, windows, model.heads, settings);
    const clean = uploaded.input.input;
    const input = noise ? tensor3d(withNoise(batch, noise, { seed, step }), clean.shape) : clean;
    let values: Tensor1D | undefined;
    try {
      const own = valueAndGradients(() => {
        const forward = model.forward(
          { ...uploaded.input, input },
          {
            training: true,
            random: { seed, step },
            teacherForcing,
          },
        );
        terms = lossTerms(model, uploaded, forward, loss, lossWeights.headOf);
        // Kept, because differentiation disposes whatever its function does not return.
        values = keep(stackTerms(terms));
        return sumTerms(terms);
      }, trainableOf(model)).gradients;
      const gradients = before ? meanOf(before.gradients, before.batches, own) : own;
      return { gradients, reading: concat([values!, globalNorm(gradients)]) };
    } finally {
      values?.dispose();
    }
  };
  const { gradients, reading } = disposing(before?.gradients, () => tidy(run));
  try {
    const values = await reading.data();
    const means = readTerms(terms, values);
    const norm = values[terms.length]!;
    return { gradients, means, norm, symptom: symptomOf(means, norm) };
  } catch (error) {
    dispose(gradients);
    throw error;
  } finally {
    reading.dispose();
  }
}

/** Calls a function and frees tensors, however it ends. */
function disposing<T>(tensors: NamedTensorMap | undefined, run: () => T): T {
  try {
    return run();
  } finally {
    if (tensors) dispose(tensors);
  }
}

/** The weights that training changes: all but frozen ones. */
function trainableOf(model: TensorModel): Variable[] {
  return model.variables.map(({ variable }) => variable).filter(({ trainable }) => trainable);
}

/** The mean of gradients that are one already of so many batches, and those of one more. */
function meanOf(mean: NamedTensorMap, batches: number, more: NamedTensorMap): NamedTensorMap {
  const share = 1 / (batches + 1);
  return Object.fromEntries(
    Object.entries(more).map(([name, gradient]) => [
      name,
      add(mul(mean[name]!, 1 - share), mul(gradient, share)),
    ]),
  );
}
