import { resolve } from 'node:path';
import { argumentError } from '@retrace/errors';
import { folderStorage } from '@retrace/storage/node';
import type { CheckpointOptions } from '@retrace/training';
import type { Command } from 'commander';
import { commandLineError } from './command-line-error.ts';
import { integerFlag } from './flag-values.ts';

/** The flags that decide how training is kept, to go on from. */
export interface CheckpointFlags {
  readonly checkpoint?: string;
  readonly checkpointEvery?: number;
  readonly keep?: number;
  readonly resume?: boolean;
  readonly takeOver?: boolean;
}

/** Adds the flags that decide how training is kept. */
export function addCheckpointFlags(command: Command): void {
  command
    .optionsGroup('Checkpoints:')
    .option(
      '--checkpoint <folder>',
      'to keep training in, after each epoch and when interrupted',
      parseFolder,
    )
    .option(
      '--checkpoint-every <steps>',
      'between two checkpoints within an epoch (default: none there)',
      integerFlag('--checkpoint-every', { min: 1 }),
    )
    .option(
      '--keep <count>',
      'of the newest checkpoints, beside that of the best epoch (default: 3)',
      integerFlag('--keep', { min: 1 }),
    )
    .option('--resume', 'go on from the newest checkpoint; begin where there is none')
    .option('--take-over', 'the folder from a process of another host, which you know has ended');
}

const needingFolder = ['checkpointEvery', 'keep', 'resume', 'takeOver'] as const;

function parseFolder(text: string): string {
  if (text !== '') return text;
  throw argumentError('--checkpoint', 'the path of a folder', text);
}

/**
 * Turns the flags into the checkpoints of `fit`, undefined where there are none.
 *
 * @throws `RETRACE_COMMAND_LINE` for a flag that says how to use a folder, without the folder, or for a folder in the
 *   place of the detector.
 */
export function toCheckpointOptions(
  flags: CheckpointFlags & { readonly out: string },
): CheckpointOptions | undefined {
  const { out, checkpoint, checkpointEvery, keep, resume = false, takeOver = false } = flags;
  if (checkpoint === undefined) {
    const lone = needingFolder.find((name) => flags[name] !== undefined);
    if (lone) throw commandLineError(`\`${lone}\` needs the folder, \`checkpoint\`.`);
    return undefined;
  }
  if (resolve(checkpoint) === resolve(out))
    throw commandLineError('`--checkpoint`, a folder, and `--out`, a file, must differ.', { path: out });
  const storage = folderStorage(checkpoint);
  return {
    storage: { ...storage, lock: () => storage.lock({ takeOver }) },
    ...(checkpointEvery !== undefined && { everySteps: checkpointEvery }),
    ...(keep !== undefined && { keep }),
    resume,
  };
}
