import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { StorageLock } from '../storage.ts';
import { lockedError } from '../storage-error.ts';
import { fileError } from './file-error.ts';
import type { FolderFileSystem } from './folder-file-system.ts';
import type { Litter } from './litter.ts';
import { removeAtExit } from './remove-at-exit.ts';
import { systemCode } from './system-code.ts';
import { thisHost } from './writer.ts';
import { isAbandoned, parseWriterFileName, type WriterFile, writerFileName } from './writer-file.ts';

export interface FolderLockOptions {
  readonly folder: string;
  readonly takeOver: boolean;
  readonly litter: Litter;
}

/** More than two that ask at once need: each time, chance lets one of them be alone. */
const maxAttempts = 12;

/**
 * Locks a folder by a file of a name that is used once.
 *
 * Whoever asks makes such a file first and looks for others second, so that of two that ask at once one at least sees
 * the other; it withdraws, and tries again a random time later. As no name is used twice, the file of a dead process can
 * be removed by anyone at any time, which with one name for every lock it could not: the second of two that remove it
 * would remove the first one's lock.
 */
export async function lockFolder(fs: FolderFileSystem, options: FolderLockOptions): Promise<StorageLock> {
  const { folder, litter } = options;
  for (let attempt = 1; ; attempt++) {
    const holder = await rivalIn(fs, options);
    if (holder) throw lockedBy(folder, holder);
    const name = writerFileName('lock');
    const path = join(folder, name);
    const rival = await claim(fs, path, () => rivalIn(fs, options, name)).catch(async (error: unknown) => {
      await litter.discard(path);
      throw error;
    });
    if (!rival) return heldLock(fs, folder, path);
    await litter.discard(path);
    if (attempt === maxAttempts) throw lockedBy(folder, rival);
    await setTimeout(Math.random() * Math.min(2 ** attempt, 64));
  }
}

async function claim<T>(fs: FolderFileSystem, path: string, look: () => Promise<T>): Promise<T> {
  const file = await fs.open(path, 'wx');
  await file.close();
  return look();
}

/** Returns the lock file of another that lives, having removed what dead ones have left, locks and writes. */
async function rivalIn(
  fs: FolderFileSystem,
  { folder, takeOver, litter }: FolderLockOptions,
  own?: string,
): Promise<WriterFile | undefined> {
  let rival: WriterFile | undefined;
  for (const { name } of await fs.readdir(folder, { withFileTypes: true })) {
    const file = parseWriterFileName(name);
    if (!file || name === own) continue;
    if (isAbandoned(file, takeOver)) await litter.discard(join(folder, name));
    else if (file.kind === 'lock') rival = file;
  }
  return rival;
}

function heldLock(fs: FolderFileSystem, folder: string, path: string): StorageLock {
  const forget = removeAtExit(path);
  return {
    async release() {
      try {
        await fs.unlink(path);
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') throw fileError({ storage: folder, operation: 'unlock' }, error);
      }
      forget();
    },
  };
}

function lockedBy(folder: string, { writer: { pid, host } }: WriterFile): Error {
  const isHere = host === thisHost();
  const holder =
    pid === process.pid && isHere
      ? 'this process'
      : `process ${pid} of ${isHere ? 'this host' : `'${host}'`}`;
  const remedy = isHere
    ? 'Release the lock or end the process first, or use another folder.'
    : 'Only if you know that it does not run any more, lock with `takeOver: true`.';
  return lockedError(folder, holder, remedy, { pid, host });
}
