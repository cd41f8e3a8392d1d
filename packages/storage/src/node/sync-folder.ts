import { dirname } from 'node:path';
import type { FolderFile, FolderFileSystem } from './folder-file-system.ts';
import { systemCode } from './system-code.ts';

/** A folder held open, so that little is left to fail once its entries have changed. */
export interface OpenFolder {
  /** Makes the changes of its entries last through a power failure, where the file system can. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a folder. Windows cannot sync one, and there `sync` does nothing. */
export async function openFolder(fs: FolderFileSystem, folder: string): Promise<OpenFolder> {
  const file = process.platform === 'win32' ? undefined : await fs.open(folder, 'r');
  return {
    sync: async () => file && syncEntries(file),
    // Nothing was written through it that closing could lose.
    close: async () => void (await file?.close().catch(() => undefined)),
  };
}

/** Some network file systems sync no folder and say so. */
async function syncEntries(folder: FolderFile): Promise<void> {
  try {
    await folder.sync();
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS'].includes(systemCode(error) ?? '')) throw error;
  }
}

/**
 * Returns a function that makes a folder with those above it and makes them last: a new folder is an entry of its parent
 * and is lost with it. What failed is tried again at the next call.
 */
export function folderMaker(fs: FolderFileSystem, folder: string): () => Promise<void> {
  let topmost: string | undefined;
  let done = false;
  return async () => {
    if (done) return;
    topmost = (await fs.mkdir(folder, { recursive: true })) ?? topmost;
    if (topmost === undefined) await syncFolder(fs, dirname(folder)).catch(unlessForbidden);
    else if (process.platform !== 'win32')
      for (let made = folder; ; made = dirname(made)) {
        await syncFolder(fs, dirname(made));
        if (made === topmost) break;
      }
    done = true;
  };
}

async function syncFolder(fs: FolderFileSystem, path: string): Promise<void> {
  const folder = await openFolder(fs, path);
  await folder.sync().finally(() => folder.close());
}

/** Nobody made a folder just now in a parent that may not be read: it was there long before. */
function unlessForbidden(error: unknown): void {
  if (systemCode(error) !== 'EACCES') throw error;
}
