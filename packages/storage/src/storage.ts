import type { LockOptions } from './lock-options.ts';

/**
 * A place that keeps contents by name, each of them whole.
 *
 * A name is plain, as {@link checkStorageName} has it. Any method rejects with `RETRACE_INVALID_ARGUMENT` for another
 * argument, and otherwise with one of
 * - `RETRACE_STORAGE_FULL`: no space, or no quota, is left;
 * - `RETRACE_STORAGE_DENIED`: no permission, or a read-only file system;
 * - `RETRACE_STORAGE_UNAVAILABLE`: the folder, the browser's storage or the locks are not there;
 * - `RETRACE_STORAGE_NOT_A_FILE`: a folder, a link or a device has the name;
 * - `RETRACE_STORAGE_FAILED`: anything else the system reports, such as a faulty disk.
 *
 * `details` has the `storage`, the `operation`, the `name`, and the system's own code or exception as `system`.
 */
export interface Storage {
  /** What errors call it: the folder's path, the name in the browser. */
  readonly name: string;
  /** Returns the whole content as a copy, or undefined if there is none. */
  read(name: string): Promise<Uint8Array | undefined>;
  /**
   * Puts a content in place of the old one, wholly or not at all, and lasting once the promise resolves.
   *
   * The content is `bytes` as of the call. Writes and removals through one storage take effect in the order of the
   * calls. If the promise rejects, the old content is still there, unless `details.replaced` is true: then the new one
   * is, but may not outlast a power failure.
   */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Returns the names that have a content, in the order of their UTF-16 code units. */
  list(): Promise<string[]>;
  /** Removes a content; does nothing if there is none. */
  remove(name: string): Promise<void>;
  /**
   * Claims the storage for one writer, at once or not at all. Reading and writing do not need it: it keeps out those who
   * ask for it too.
   *
   * @throws `RETRACE_STORAGE_LOCKED` if another holds it; of a folder, `details` has the holder's `pid` and `host`.
   */
  lock(options?: LockOptions): Promise<StorageLock>;
}

/** The claim of one writer. It ends with its process or page too. */
export interface StorageLock {
  /** Lets the next writer in. Does nothing the second time. */
  release(): Promise<void>;
}
