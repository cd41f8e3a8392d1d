import { checkKeys, checkOneOf } from '@retrace/errors';
import type { Storage } from '../storage.ts';
import type { Attempt } from '../storage-error.ts';
import { checkStorageName } from '../storage-name.ts';
import { browserError, missingError } from './browser-error.ts';
import { indexedDbStorage } from './indexed-db-storage.ts';
import { opfsStorage } from './opfs-storage.ts';

export interface BrowserStorageOptions {
  /**
   * Where the contents are. Each has its own: what one has kept, the other does not find.
   *
   * `'indexeddb'`, the default, has reached the disk when a write resolves. `'opfs'`, the origin's private file system,
   * keeps files whole as well, but no browser promises that they outlast a power failure, and Chromium does not sync
   * them.
   */
  readonly backend?: 'indexeddb' | 'opfs';
}

/**
 * Opens a storage of this origin, in a page or a worker.
 *
 * It lasts until the user clears the page's data or, short of space, the browser does; `navigator.storage.persist()` asks
 * it not to. A lock is held against the other tabs and workers of the origin, and ends with the tab or worker.
 *
 * @param name As {@link checkStorageName} has it; the database or the folder is called `retrace-` and this.
 * @throws `RETRACE_INVALID_ARGUMENT`; `RETRACE_STORAGE_UNAVAILABLE` if the browser has no such storage or does not let
 *   this page use it; and what else an operation of a {@link Storage} throws.
 */
export async function browserStorage(name: string, options: BrowserStorageOptions = {}): Promise<Storage> {
  checkStorageName(name);
  checkKeys('options', options, ['backend']);
  const { backend = 'indexeddb' } = options;
  const { isThere, missing, open } = backends[checkOneOf('options.backend', backend, ['indexeddb', 'opfs'])];
  const attempt: Attempt = { storage: name, operation: 'open' };
  if (!isThere()) throw missingError(attempt, missing);
  try {
    return await open(name, `retrace-${name}`);
  } catch (error) {
    throw browserError(attempt, error);
  }
}

const backends = {
  indexeddb: {
    isThere: () => typeof indexedDB === 'object' && indexedDB !== null,
    missing: 'IndexedDB',
    open: indexedDbStorage,
  },
  opfs: {
    isThere: () =>
      typeof navigator.storage?.getDirectory === 'function' &&
      'createWritable' in FileSystemFileHandle.prototype,
    missing: 'private file system with `createWritable`',
    open: opfsStorage,
  },
};
