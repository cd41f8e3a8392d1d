import type { FolderFileSystem } from './folder-file-system.ts';
import { systemCode } from './system-code.ts';

/** The files of this process that could not be removed when they were done with. */
export interface Litter {
  /** Removes a file, now if possible, or at a later {@link collect}. */
  discard(path: string): Promise<void>;
  /** Tries again to remove what is left. */
  collect(): Promise<void>;
}

export function litterOf(fs: FolderFileSystem): Litter {
  const left = new Set<string>();
  const litter: Litter = {
    async discard(path) {
      left.add(path);
      try {
        await fs.unlink(path);
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') return;
      }
      left.delete(path);
    },
    async collect() {
      for (const path of [...left]) await litter.discard(path);
    },
  };
  return litter;
}
