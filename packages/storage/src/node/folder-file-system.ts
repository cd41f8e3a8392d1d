import { constants } from 'node:fs';
import * as promises from 'node:fs/promises';

/**
 * The file functions that {@link folderStorage} calls, and no others: a part of `node:fs/promises`, which is the
 * default. Another can fail on purpose, count, or keep files elsewhere.
 */
export interface FolderFileSystem {
  /** Returns the first folder that had to be made, if any. */
  mkdir(path: string, options: { recursive: true }): Promise<string | undefined>;
  open(path: string, flags: 'r' | 'wx'): Promise<FolderFile>;
  lstat(path: string): Promise<{ isFile(): boolean }>;
  readFile(path: string, options: { flag: number }): Promise<Uint8Array>;
  readdir(path: string, options: { withFileTypes: true }): Promise<{ name: string; isFile(): boolean }[]>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

/** An open file, or an open folder, of which only `sync` and `close` are called. */
export interface FolderFile {
  /** May write fewer bytes than it was given. */
  write(bytes: Uint8Array, offset: number, length: number): Promise<{ bytesWritten: number }>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The files of this machine. */
export const nodeFileSystem: FolderFileSystem = promises;

/** Opens no link; Windows has no such flag. */
export const readFlags: number = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

/** Does something with a file and closes it; of two errors, the first is thrown. */
export async function withFile<T>(file: FolderFile, action: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await action();
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
  await file.close();
  return result;
}
