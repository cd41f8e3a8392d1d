import { type FolderFile, type FolderFileSystem, withFile } from './folder-file-system.ts';
import type { OpenFolder } from './sync-folder.ts';

export interface Replacement {
  readonly path: string;
  /** A new file of the same folder, and so of the same file system. */
  readonly temporary: string;
  readonly content: Uint8Array;
  readonly folder: OpenFolder;
  /** Called once the new content is in place, of which only the lasting is not yet sure. */
  readonly onReplaced: () => void;
}

/**
 * Replaces the content of a file so that, whenever the process or the machine stops, the old or the new one is there,
 * whole: write beside it, sync, rename, sync the folder.
 */
export async function replaceFile(
  fs: FolderFileSystem,
  { path, temporary, content, folder, onReplaced }: Replacement,
): Promise<void> {
  const file = await fs.open(temporary, 'wx');
  await withFile(file, async () => {
    await writeWhole(file, content);
    await file.sync();
  });
  await fs.rename(temporary, path);
  onReplaced();
  await folder.sync();
}

async function writeWhole(file: FolderFile, content: Uint8Array): Promise<void> {
  for (let done = 0; done < content.length; ) {
    const { bytesWritten } = await file.write(content, done, content.length - done);
    if (bytesWritten === 0) throw new Error(`wrote ${done} of ${content.length} bytes and then none`);
    done += bytesWritten;
  }
}
