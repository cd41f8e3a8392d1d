import type { NamedVariable } from '@retrace/models/tensors';
import type { BestState } from './checkpoint/training-state.ts';
import type { EarlyStoppingOptions } from './fit-options.ts';
import { restoreSnapshot, takeSnapshot, type WeightSnapshot } from './weight-snapshot.ts';

/** An epoch and the loss by which it is compared. */
interface BestEpoch {
  readonly epoch: number;
  readonly loss: number;
}

/** Follows the watched loss over the epochs of a fit. */
export interface EarlyStopping {
  /** Takes note of an epoch that has ended, with the model's weights as they are; tells whether it is the best so far. */
  see(epoch: BestEpoch): Promise<boolean>;
  /** Whether, after so many epochs, the best has lasted for `patience` of them. */
  exhausted(epochs: number): boolean;
  /** Gives the model the weights of the best epoch, if they are to be restored. */
  restore(): void;
  /** What it knows, to go on from. */
  state(): { readonly best: BestState; readonly bestWeights?: WeightSnapshot };
}

/**
 * Follows the losses as Keras's `EarlyStopping` does: an epoch is better if its loss is lower than the best by more
 * than `minDelta`. Without options it never stops and restores nothing.
 *
 * @param before What it knew when it was left.
 */
export function createEarlyStopping(
  variables: readonly NamedVariable[],
  options: Required<EarlyStoppingOptions> | undefined,
  before?: { readonly best: BestState; readonly bestWeights?: WeightSnapshot },
): EarlyStopping {
  const { patience = Infinity, minDelta = 0, restoreBest = false } = options ?? {};
  let best: BestEpoch = { epoch: before?.best.epoch ?? 0, loss: before?.best.loss ?? Infinity };
  let snapshot = before?.bestWeights;
  return {
    async see(epoch) {
      if (!(epoch.loss + minDelta < best.loss)) return false;
      best = epoch;
      if (restoreBest) snapshot = await takeSnapshot(variables);
      return true;
    },
    exhausted: (epochs) => epochs - best.epoch >= patience,
    restore() {
      if (snapshot) restoreSnapshot(variables, snapshot);
    },
    state: () => ({
      best: { epoch: best.epoch, loss: Number.isFinite(best.loss) ? best.loss : null },
      ...(snapshot && { bestWeights: snapshot }),
    }),
  };
}
