import { copyContent } from '../copy-content.ts';
import type { Storage } from '../storage.ts';
import type { Attempt } from '../storage-error.ts';
import { checkStorageName } from '../storage-name.ts';
import { browserError } from './browser-error.ts';
import { lockInBrowser } from './lock-in-browser.ts';

const store = 'contents';

/**
 * Keeps contents in the database `place`, one record each. A transaction is whole or not at all, and a strict one has reached the
 * disk when it completes: https://w3c.github.io/IndexedDB/#transaction-durability-hint.
 */
export async function indexedDbStorage(name: string, place: string): Promise<Storage> {
  let opened: Promise<IDBDatabase> | undefined;
  /** Opens the database again if the browser has closed it, as it does when the user clears the page's data. */
  function database(): Promise<IDBDatabase> {
    opened ??= open(place, () => {
      opened = undefined;
    });
    return opened;
  }

  /** Runs one request in a transaction of its own, and waits for the end of the transaction. */
  async function transact<T>(
    attempt: Attempt,
    mode: IDBTransactionMode,
    action: (contents: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    try {
      const transaction = (await database()).transaction(store, mode, { durability: 'strict' });
      const request = action(transaction.objectStore(store));
      return await new Promise<T>((resolve, reject) => {
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(transaction.error ?? request.error);
      });
    } catch (error) {
      throw browserError(attempt, error, attempt.operation === 'write' ? false : undefined);
    }
  }

  await database();
  return {
    name,
    async read(key) {
      const attempt: Attempt = { storage: name, operation: 'read', name: checkStorageName(key) };
      return transact(attempt, 'readonly', (contents) => contents.get(key));
    },
    async write(key, bytes) {
      const attempt: Attempt = { storage: name, operation: 'write', name: checkStorageName(key) };
      const content = copyContent(bytes);
      await transact(attempt, 'readwrite', (contents) => contents.put(content, key));
    },
    async list() {
      const keys = await transact({ storage: name, operation: 'list' }, 'readonly', (contents) =>
        contents.getAllKeys(),
      );
      return keys.map(String).sort();
    },
    async remove(key) {
      const attempt: Attempt = { storage: name, operation: 'remove', name: checkStorageName(key) };
      await transact(attempt, 'readwrite', (contents) => contents.delete(key));
    },
    lock: (options) => lockInBrowser(name, 'indexeddb', options),
  };
}

function open(place: string, onClose: () => void): Promise<IDBDatabase> {
  const opening = new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(place, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = onClose;
      // Whoever deletes the database waits for those who have it open.
      database.onversionchange = () => {
        database.close();
        onClose();
      };
      resolve(database);
    };
  });
  opening.catch(onClose);
  return opening;
}
