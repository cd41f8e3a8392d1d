import type { NamedVariable } from '@retrace/models/tensors';
import type { EarlyStoppingOptions } from './fit-options.ts';
import { restoreSnapshot, takeSnapshot, type WeightSnapshot } from './weight-snapshot.ts';

/** An epoch and the loss by which it is compared. */
interface BestEpoch {
  readonly epoch: number;
  readonly loss: number;
}

/** Follows the watched loss over the epochs of a fit. */
export interface EarlyStopping {
  /** Takes note of an epoch that has ended, with the model's weights as they are. */
  see(epoch: BestEpoch): Promise<{
    readonly best: BestEpoch;
    /** Whether the best has lasted for `patience` epochs. */
    readonly exhausted: boolean;
  }>;
  /** Gives the model the weights of the best epoch, if they are to be restored. */
  restore(): void;
}

/**
 * Follows the losses as Keras's `EarlyStopping` does: an epoch is better if its loss is lower than the best by more
 * than `minDelta`. Without options it never stops and restores nothing.
 */
export function createEarlyStopping(
  variables: readonly NamedVariable[],
  options: Required<EarlyStoppingOptions> | undefined,
): EarlyStopping {
  const { patience = Infinity, minDelta = 0, restoreBest = false } = options ?? {};
  let best: BestEpoch = { epoch: 0, loss: Infinity };
  let snapshot: WeightSnapshot | undefined;
  return {
    async see(epoch) {
      if (epoch.loss + minDelta < best.loss) {
        best = epoch;
        if (restoreBest) snapshot = await takeSnapshot(variables);
      }
      return { best, exhausted: epoch.epoch - best.epoch >= patience };
    },
    restore() {
      if (snapshot) restoreSnapshot(variables, snapshot);
    },
  };
}
