import { copyContent } from '../copy-content.ts';
import { inTurn } from '../in-turn.ts';
import type { Storage } from '../storage.ts';
import type { Attempt } from '../storage-error.ts';
import { checkStorageName, isStorageName } from '../storage-name.ts';
import { browserError } from './browser-error.ts';
import { lockInBrowser } from './lock-in-browser.ts';

/**
 * The first byte of every file. A new file is there, empty, before the first write to it has ended: without this byte a
 * name has no content yet, and an empty content has this byte alone.
 */
const written = Uint8Array.of(1);

/** At the end of every file's name, for Chromium lists what is still being written as `name.crswap`. */
const suffix = '.content';

/** How often a file may be replaced while it is being read. */
const maxReads = 20;

/**
 * Keeps contents as files of `place`, a folder of the origin's private file system. A writable stream puts its content in place
 * when it is closed and not before: https://fs.spec.whatwg.org/#api-filesystemwritablefilestream.
 */
export async function opfsStorage(name: string, place: string): Promise<Storage> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(place, { create: true });
  const ordered = inTurn();

  async function fileOf(key: string): Promise<File | undefined> {
    const handle = await folder.getFileHandle(key + suffix).catch(ifThere);
    const file = await handle?.getFile();
    return file && file.size > 0 ? file : undefined;
  }

  return {
    name,
    async read(key) {
      const attempt: Attempt = { storage: name, operation: 'read', name: checkStorageName(key) };
      return readAgain(attempt, async () => {
        const file = await fileOf(key);
        return file && new Uint8Array(await file.slice(written.length).arrayBuffer());
      });
    },
    async write(key, bytes) {
      const attempt: Attempt = { storage: name, operation: 'write', name: checkStorageName(key) };
      const content = copyContent(bytes);
      await ordered(async () => {
        try {
          const handle = await folder.getFileHandle(key + suffix, { create: true });
          const stream = await handle.createWritable();
          try {
            // Without its space beforehand, Chromium tells of a full quota or of the pipe that breaks because of it.
            await stream.truncate(written.length + content.length);
            await stream.write(written);
            await stream.write(content);
            await stream.close();
          } catch (error) {
            await stream.abort().catch(() => undefined);
            throw error;
          }
        } catch (error) {
          throw browserError(attempt, error, false);
        }
      });
    },
    async list() {
      return readAgain({ storage: name, operation: 'list' }, async () => {
        const keys: string[] = [];
        for await (const [name, { kind }] of folder.entries()) {
          const key = name.slice(0, -suffix.length);
          const isContent = kind === 'file' && name.endsWith(suffix) && isStorageName(key);
          if (isContent && (await fileOf(key))) keys.push(key);
        }
        return keys.sort();
      });
    },
    async remove(key) {
      const attempt: Attempt = { storage: name, operation: 'remove', name: checkStorageName(key) };
      await ordered(async () => {
        try {
          const file = key + suffix;
          if (await folder.getFileHandle(file).catch(ifThere)) await folder.removeEntry(file).catch(ifThere);
        } catch (error) {
          throw browserError(attempt, error);
        }
      });
    },
    lock: (options) => lockInBrowser(name, 'opfs', options),
  };
}

/** Reads, and once more whenever a write has taken away what was being read. */
async function readAgain<T>(attempt: Attempt, read: () => Promise<T>): Promise<T> {
  for (let reads = 1; ; reads++) {
    try {
      return await read();
    } catch (error) {
      const isReplaced = isException(error, 'NotReadableError') || isException(error, 'NotFoundError');
      if (!isReplaced || reads === maxReads) throw browserError(attempt, error);
    }
  }
}

function ifThere(error: unknown): undefined {
  if (!isException(error, 'NotFoundError')) throw error;
}

function isException(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}
