import { copyContent } from './copy-content.ts';
import { checkLockOptions } from './lock-options.ts';
import type { Storage } from './storage.ts';
import { lockedError } from './storage-error.ts';
import { checkStorageName } from './storage-name.ts';

/** Makes an empty storage that lasts as long as it is referred to: for tests and examples. */
export function memoryStorage(): Storage {
  const name = 'memory';
  const contents = new Map<string, Uint8Array>();
  let locked = false;
  return {
    name,
    async read(key) {
      return contents.get(checkStorageName(key))?.slice();
    },
    async write(key, bytes) {
      contents.set(checkStorageName(key), copyContent(bytes));
    },
    async list() {
      return [...contents.keys()].sort();
    },
    async remove(key) {
      contents.delete(checkStorageName(key));
    },
    async lock(options) {
      checkLockOptions(options);
      if (locked) throw lockedError(name, 'another part of this program', 'Await its `release` first.');
      locked = true;
      let held = true;
      return {
        async release() {
          if (held) locked = false;
          held = false;
        },
      };
    },
  };
}
