import { join, resolve } from 'node:path';
import { argumentError, checkKeys } from '@retrace/errors';
import { copyContent } from '../copy-content.ts';
import { inTurn } from '../in-turn.ts';
import { checkLockOptions } from '../lock-options.ts';
import type { Storage } from '../storage.ts';
import type { Attempt } from '../storage-error.ts';
import { checkStorageName, isStorageName } from '../storage-name.ts';
import { fileError, notAFileError } from './file-error.ts';
import { type FolderFileSystem, nodeFileSystem, readFlags } from './folder-file-system.ts';
import { litterOf } from './litter.ts';
import { lockFolder } from './lock-folder.ts';
import { replaceFile } from './replace-file.ts';
import { folderMaker, openFolder } from './sync-folder.ts';
import { systemCode } from './system-code.ts';
import { writerFileName } from './writer-file.ts';

export interface FolderStorageOptions {
  /** The file functions to use. Default those of `node:fs/promises`. */
  readonly fs?: FolderFileSystem;
}

/**
 * Keeps contents as the files of a folder, which the first `write` or `lock` makes.
 *
 * A write outlasts a power failure once its promise resolves; on Windows, which cannot sync a folder, the old content may
 * come back then, whole. Each write makes a hidden file and renames it. Those of dead processes are removed by the next
 * `lock`. Links are not followed, and other things than plain files neither listed nor replaced.
 *
 * @param folder Its path, taken from the working directory as of the call.
 * @throws `RETRACE_INVALID_ARGUMENT` if `folder` is no path or an option is unknown. What else can go wrong does so later:
 *   see {@link Storage}.
 */
export function folderStorage(folder: string, options: FolderStorageOptions = {}): Storage {
  if (typeof folder !== 'string' || folder === '' || folder.includes('\0'))
    throw argumentError('folder', 'the path of a folder', folder);
  checkKeys('options', options, ['fs']);
  const { fs = nodeFileSystem } = options;
  const place = resolve(folder);
  const makeFolder = folderMaker(fs, place);
  const litter = litterOf(fs);
  const ordered = inTurn();

  /** Tells whether a name has a file; nothing else may have it. */
  async function isFile(attempt: Attempt, path: string): Promise<boolean> {
    try {
      if ((await fs.lstat(path)).isFile()) return true;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return false;
      throw error;
    }
    throw notAFileError(attempt);
  }

  return {
    name: place,
    async read(name) {
      const attempt: Attempt = { storage: place, operation: 'read', name: checkStorageName(name) };
      const path = join(place, name);
      try {
        if (!(await isFile(attempt, path))) return undefined;
        return new Uint8Array(await fs.readFile(path, { flag: readFlags }));
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return undefined;
        throw fileError(attempt, error);
      }
    },
    async write(name, bytes) {
      const attempt: Attempt = { storage: place, operation: 'write', name: checkStorageName(name) };
      const content = copyContent(bytes);
      const path = join(place, name);
      await ordered(async () => {
        const temporary = join(place, writerFileName('write'));
        let replaced = false;
        const onReplaced = () => {
          replaced = true;
        };
        try {
          await makeFolder();
          await litter.collect();
          const open = await openFolder(fs, place);
          try {
            await isFile(attempt, path);
            await replaceFile(fs, { path, temporary, content, folder: open, onReplaced });
          } finally {
            await open.close();
          }
        } catch (error) {
          if (!replaced) await litter.discard(temporary);
          throw fileError(attempt, error, replaced);
        }
      });
    },
    async list() {
      try {
        const entries = await fs.readdir(place, { withFileTypes: true });
        const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
        return names.filter(isStorageName).sort();
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return [];
        throw fileError({ storage: place, operation: 'list' }, error);
      }
    },
    async remove(name) {
      const attempt: Attempt = { storage: place, operation: 'remove', name: checkStorageName(name) };
      await ordered(async () => {
        const path = join(place, name);
        try {
          if (!(await isFile(attempt, path))) return;
          const open = await openFolder(fs, place);
          await fs
            .unlink(path)
            .then(() => open.sync())
            .finally(() => open.close());
        } catch (error) {
          if (systemCode(error) !== 'ENOENT') throw fileError(attempt, error);
        }
      });
    },
    async lock(options) {
      const { takeOver } = checkLockOptions(options);
      const attempt: Attempt = { storage: place, operation: 'lock' };
      try {
        await makeFolder();
        await litter.collect();
        return await lockFolder(fs, { folder: place, takeOver, litter });
      } catch (error) {
        throw fileError(attempt, error);
      }
    },
  };
}
