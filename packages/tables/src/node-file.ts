import { isRetraceError } from '@retrace/errors';
import type { RandomAccess } from './random-access.ts';
import { tableError } from './table-error.ts';

/**
 * Reads a regular file in Node, Bun or Deno, 256 KiB at a time.
 *
 * `process.getBuiltinModule` (Node 20.16) instead of an import: bundlers for browsers stumble over `node:` specifiers,
 * static or dynamic.
 *
 * @throws `RETRACE_TABLE_SOURCE` if there is no file system, or if `path` is not a regular file that can be read. A
 *   FIFO or a device is refused because reading it may never end.
 */
export async function* readNodeFile(file: string, path: string | URL): AsyncGenerator<Uint8Array> {
  const fs = globalThis.process?.getBuiltinModule?.('node:fs');
  if (!fs) {
    const remedy = 'Give a URL, a Blob, a Uint8Array or a ReadableStream.';
    throw tableError(
      'RETRACE_TABLE_SOURCE',
      { file },
      `There is no file system here to read a path from. ${remedy}`,
    );
  }
  try {
    const stats = await fs.promises.stat(path);
    if (stats.isFile()) return yield* fs.createReadStream(path, { highWaterMark: 2 ** 18 });
    const kind = stats.isDirectory() ? 'a directory' : 'not a regular file';
    const remedy = stats.isDirectory() ? 'Name a file in it.' : 'Give its bytes as a ReadableStream.';
    throw tableError('RETRACE_TABLE_SOURCE', { file }, `This is ${kind}. ${remedy}`);
  } catch (cause) {
    throw readingError(file, cause);
  }
}

/** Reads anywhere in a file that {@link readNodeFile} reads. */
export async function accessNodeFile(file: string, path: string | URL): Promise<RandomAccess> {
  const fs = process.getBuiltinModule('node:fs');
  try {
    const handle = await fs.promises.open(path);
    const { size } = await handle.stat();
    return {
      byteLength: size,
      async slice(start, end) {
        const bytes = new Uint8Array(end - start);
        for (let at = 0; at < bytes.length; ) {
          const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
          if (bytesRead === 0)
            throw tableError('RETRACE_TABLE_SOURCE', { file }, 'The file became shorter while it was read.');
          at += bytesRead;
        }
        return bytes.buffer;
      },
      close: () => handle.close(),
    };
  } catch (cause) {
    throw readingError(file, cause);
  }
}

function readingError(file: string, cause: unknown): unknown {
  if (isRetraceError(cause) || !(cause instanceof Error) || !('code' in cause)) return cause;
  const reason = String(cause.code);
  const message = `The file could not be read: ${REASONS[reason] ?? cause.message}.`;
  return tableError('RETRACE_TABLE_SOURCE', { file }, message, { reason }, cause);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission is denied',
  ELOOP: 'its symbolic links form a loop',
  ENAMETOOLONG: 'its path is too long',
  ENOTDIR: 'a part of its path is a file, not a directory',
  EMFILE: 'too many files are open',
};
