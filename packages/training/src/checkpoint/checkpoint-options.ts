import { argumentError, checkInteger, checkKeys } from '@retrace/errors';
import type { Storage } from '@retrace/storage';

/** How often a fit writes down all that it would go on from. */
export interface CheckpointPlan {
  /** The updates from one checkpoint to the next. There is one at the end of each epoch anyway. Default: only there. */
  readonly everySteps?: number;
  /** How many of the newest are kept, beside that of the best epoch. Default 3. */
  readonly keep?: number;
  /**
   * Whether to go on from the newest checkpoint that is whole, or to begin where there is none. Default false, which
   * refuses a storage that has checkpoints.
   */
  readonly resume?: boolean;
}

/** Where and how often a fit writes checkpoints. */
export interface CheckpointOptions extends CheckpointPlan {
  /** Of one fit alone: `folderStorage` of `@retrace/storage/node`, `browserStorage` of `@retrace/storage/browser`. */
  readonly storage: Storage;
}

/** Fills in the defaults; throws `RETRACE_INVALID_ARGUMENT`. */
export function parseCheckpointOptions(
  options: CheckpointOptions | undefined,
): Required<CheckpointOptions> | undefined {
  if (options === undefined) return undefined;
  checkKeys('checkpoint', options, ['storage', ...planNames]);
  const { storage } = options;
  if (typeof storage?.write !== 'function' || typeof storage.lock !== 'function') {
    throw argumentError('checkpoint.storage', 'a storage, such as `folderStorage(folder)`', storage);
  }
  return { storage, ...parseCheckpointPlan(options) };
}

/** The names of a {@link CheckpointPlan}. */
export const planNames: readonly (keyof CheckpointPlan)[] = ['everySteps', 'keep', 'resume'];

/** Fills in the defaults of the plan alone; throws `RETRACE_INVALID_ARGUMENT`. */
export function parseCheckpointPlan({
  everySteps = Number.MAX_SAFE_INTEGER,
  keep = 3,
  resume = false,
}: CheckpointPlan): Required<CheckpointPlan> {
  if (typeof resume !== 'boolean') throw argumentError('checkpoint.resume', 'true or false', resume);
  return {
    everySteps: checkInteger('checkpoint.everySteps', everySteps, { min: 1 }),
    keep: checkInteger('checkpoint.keep', keep, { min: 1 }),
    resume,
  };
}
