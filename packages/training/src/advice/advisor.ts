import type { TensorModel } from '@retrace/models/tensors';
import type { Windows } from '@retrace/windowing';
import { abs, max, stack, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { RunSettings } from '../run-settings.ts';
import { uploadBatch } from '../tensor-batch.ts';
import { deadLatentAdvice, explosionAdvice, isUnbounded } from './layer-advice.ts';
import { lossesBesideMeans, meanAdvice, rowHeads } from './mean-advice.ts';
import { sampleWindows } from './sample-windows.ts';
import { scaleAdvice } from './scale-advice.ts';

/** Looks over a fit for what is not an error and yet goes wrong, and tells `onWarning`. */
export interface Advisor {
  /** Looks at the model after an epoch, until there is something to tell. */
  seeEpoch(epoch: number): Promise<void>;
  /** Looks at the model that training ends with. */
  seeEnd(): Promise<void>;
}

const silent: Advisor = { async seeEpoch() {}, async seeEnd() {} };

/** Makes the advisor of a fit, which looks at the windows at once. Nobody listens without `onWarning`, so it does nothing. */
export function createAdvisor(model: TensorModel, windows: Windows, settings: RunSettings): Advisor {
  const { onWarning, loss } = settings;
  if (!onWarning) return silent;
  const tell = (advice: string | undefined): boolean => {
    if (advice !== undefined) onWarning(advice);
    return advice !== undefined;
  };
  tell(scaleAdvice(windows));
  const sample = () => {
    const batch = uploadBatch(sampleWindows(windows, 64), windows, model.heads, settings);
    return { batch, forward: model.forward(batch.input, { training: false }) };
  };
  let watching = isUnbounded(model.spec);
  return {
    async seeEpoch(epoch) {
      if (!watching) return;
      let layers: readonly string[] = [];
      const largest = tidy(() => {
        const { activations } = sample().forward;
        layers = Object.keys(activations);
        return stack(layers.map((name) => max(abs(activations[name]!))));
      });
      watching = !tell(explosionAdvice(layers, await read(largest), epoch));
    },
    async seeEnd() {
      const heads = rowHeads(model.heads);
      const { latent, losses } = tidy(() => {
        const { batch, forward } = sample();
        return {
          latent: forward.activations.latent,
          ...(heads.length > 0 && { losses: lossesBesideMeans(heads, batch, forward, loss) }),
        };
      });
      const units = latent?.shape[1] ?? 0;
      const several = latent !== undefined && latent.shape[0] > 1;
      const vectors = latent && (await read(latent));
      if (several) tell(deadLatentAdvice(vectors!, units));
      if (!losses) return;
      const pairs = await read(losses);
      for (const [k, { name }] of heads.entries()) tell(meanAdvice(name, pairs[2 * k]!, pairs[2 * k + 1]!));
    },
  };
}

async function read(tensor: Tensor): Promise<ArrayLike<number>> {
  try {
    return await tensor.data();
  } finally {
    tensor.dispose();
  }
}
