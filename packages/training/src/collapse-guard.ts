import type { TensorModel } from '@retrace/models/tensors';
import type { Windows } from '@retrace/windowing';
import { mean, moments, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { FitSettings } from './fit-options.ts';
import { uploadBatch } from './tensor-batch.ts';

/** Watches that a model which makes its own target does not shrink it instead of learning. */
export interface CollapseGuard {
  /** Looks at the model after an epoch. */
  see(epoch: number): Promise<void>;
  /** The spread before training; null for a model that is not watched. */
  readonly spread: number | null;
}

/**
 * Warns once when the spread of a model's own target falls under half of what it was before training.
 *
 * The spread is measured on the first windows, as many as a batch: the mean over units of the variance across
 * windows, or of a single window the variance across units. Models without a target of their own are not watched.
 *
 * @param before The spread before training, where this goes on from a checkpoint.
 */
export async function createCollapseGuard(
  model: TensorModel,
  windows: Windows,
  { batchSize, onWarning }: Pick<FitSettings, 'batchSize' | 'onWarning'>,
  before?: number | null,
): Promise<CollapseGuard> {
  const { ownTarget, spec } = model;
  if (ownTarget === undefined || !onWarning) return { spread: before ?? null, async see() {} };
  const batch = windows.batch(Array.from({ length: Math.min(batchSize, windows.length) }, (_, k) => k));
  const spread = async (): Promise<number> => {
    const variance = tidy(() => {
      const { input } = uploadBatch(batch, windows, model.heads);
      const target: Tensor = model.forward(input, { training: false }).activations[ownTarget]!;
      return mean(moments(target, batch.size > 1 ? 0 : undefined).variance);
    });
    try {
      return (await variance.data())[0]!;
    } finally {
      variance.dispose();
    }
  };
  const initial = before ?? (await spread());
  let warned = false;
  return {
    spread: initial,
    async see(epoch) {
      if (warned) return;
      const now = await spread();
      if (now >= initial / 2) return;
      warned = true;
      onWarning(
        `After epoch ${epoch} the variance of \`${ownTarget}\` is ${(now / initial).toPrecision(2)} of what it was: the ` +
          'model makes its own target, and shrinking that lowers the loss without learning anything. ' +
          ('stopGradient' in spec && !spec.stopGradient
            ? 'Build the spec with `stopGradient: true`.'
            : 'Put more dense layers between the latent vector and the output, or train for fewer epochs.'),
      );
    },
  };
}
