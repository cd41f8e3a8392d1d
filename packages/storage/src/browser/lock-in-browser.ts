import { checkLockOptions, type LockOptions } from '../lock-options.ts';
import type { StorageLock } from '../storage.ts';
import { type Attempt, lockedError } from '../storage-error.ts';
import { browserError, missingError } from './browser-error.ts';

/** Claims a name among the tabs and workers of this origin. The browser ends a claim with its page or worker. */
export async function lockInBrowser(
  storage: string,
  scope: 'opfs' | 'indexeddb',
  options?: LockOptions,
): Promise<StorageLock> {
  checkLockOptions(options);
  const attempt: Attempt = { storage, operation: 'lock' };
  const { locks } = navigator;
  if (!locks) throw missingError(attempt, 'locks (`navigator.locks`)');
  const name = `@retrace/storage/${scope}/${storage}`;
  return new Promise((resolve, reject) => {
    const ended = locks.request(name, { ifAvailable: true }, async (lock) => {
      if (!lock)
        throw lockedError(storage, 'another tab or worker', 'Close it, or release its lock, and try again.');
      await new Promise<void>((letGo) => {
        resolve({
          async release() {
            letGo();
            await ended;
          },
        });
      });
    });
    ended.catch((cause) => reject(browserError(attempt, cause)));
  });
}
