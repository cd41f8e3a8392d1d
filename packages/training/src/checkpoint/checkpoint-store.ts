import { isRetraceError, RetraceError } from '@retrace/errors';
import { packCheckpoint, unpackCheckpoint } from './checkpoint-file.ts';
import type { CheckpointOptions } from './checkpoint-options.ts';
import { checkIdentity } from './run-identity.ts';
import type { TrainingState } from './training-state.ts';

/** The checkpoints of one fit, which no other may write meanwhile. */
export interface CheckpointStore {
  /** What the fit goes on from, if it does. */
  readonly resumed: TrainingState | undefined;
  /**
   * Writes the state after so many updates, whole or not at all, and then removes what need not be kept any more.
   *
   * @param best The updates at the end of the best epoch so far, whose checkpoint is kept.
   */
  write(state: TrainingState, updates: number, best: number): Promise<void>;
  /** Lets others write. */
  close(): Promise<void>;
}

const NAME = /^checkpoint-(\d{12})\.safetensors$/;

/**
 * Opens the checkpoints of a storage.
 *
 * @throws `RETRACE_CHECKPOINT_EXISTS` if there are some and none is to be resumed; `RETRACE_CHECKPOINT_DAMAGED` if none of
 * them is whole; `RETRACE_CHECKPOINT_MISMATCH` if they are of another model, other windows or other options;
 * `RETRACE_STORAGE_LOCKED` if another fit writes there; what the storage throws.
 */
export async function openCheckpoints(
  { storage, keep, resume }: Required<CheckpointOptions>,
  identity: string,
  onWarning: ((message: string) => void) | undefined,
): Promise<CheckpointStore> {
  const lock = await storage.lock();
  /** The names of checkpoints, the newest first. */
  const names = async (): Promise<string[]> =>
    (await storage.list())
      .filter((name) => NAME.test(name))
      .sort()
      .reverse();
  try {
    const found = await names();
    if (found.length > 0 && !resume) throw existsError(storage.name, found[0]!);
    return {
      resumed: await newestWhole(found),
      async write(state, updates, best) {
        await storage.write(nameOf(updates), packCheckpoint(state, identity));
        const old = (await names()).slice(keep).filter((name) => name !== nameOf(best));
        for (const name of old) await storage.remove(name);
      },
      close: () => lock.release(),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }

  async function newestWhole(found: readonly string[]): Promise<TrainingState | undefined> {
    let damage: unknown;
    for (const name of found) {
      try {
        const bytes = await storage.read(name);
        if (!bytes) continue;
        const { state, identity: written } = unpackCheckpoint(bytes);
        checkIdentity(name, written, identity);
        return state;
      } catch (error) {
        if (!isRetraceError(error, 'RETRACE_CHECKPOINT_DAMAGED')) throw error;
        damage ??= error;
        onWarning?.(`${name}: ${error.message} It is passed over for the one before it, if there is one.`);
      }
    }
    if (damage) throw damage;
    return undefined;
  }
}

function nameOf(updates: number): string {
  return `checkpoint-${String(updates).padStart(12, '0')}.safetensors`;
}

function existsError(storage: string, newest: string): RetraceError {
  return new RetraceError(
    'RETRACE_CHECKPOINT_EXISTS',
    `${storage} has checkpoints of a fit already (${newest}). Go on from them with \`checkpoint.resume: true\`, or give ` +
      'a storage of its own.',
    { storage, newest },
  );
}
