import { randomUUID } from 'node:crypto';
import { lstat, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RetraceError } from '@retrace/errors';

export interface OutputFileOptions {
  /** The files that the command reads, which it must not overwrite. */
  readonly inputs: readonly string[];
  /** Whether an existing file may be replaced. Default false. */
  readonly force?: boolean;
}

/** A file that a command is going to write. */
export interface OutputFile {
  /** Writes the whole file or, failing, nothing. */
  write(content: string | Uint8Array | Iterable<string>): Promise<void>;
}

/**
 * Makes sure, before any work is done, that a file can be written at `path`.
 *
 * @throws `RETRACE_OUTPUT_EXISTS` if there is a file and `force` is not set; `RETRACE_OUTPUT` if the path is that of
 *   an input, a folder or a device, or if its folder is missing or cannot be written to. `write` throws the same.
 */
export async function prepareOutput(
  path: string,
  { inputs, force = false }: OutputFileOptions,
): Promise<OutputFile> {
  const check = async (): Promise<void> => {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) throw outputError(path, 'it is a folder. Name a file in it');
    // Replacing a device or a FIFO would take it from everybody.
    if (found && !found.isFile()) throw outputError(path, 'it is not a regular file. Name another');
    for (const input of inputs) {
      const other = await stat(input).catch(() => undefined);
      if (found && other && found.ino === other.ino && found.dev === other.dev)
        throw outputError(path, `it is the input ${input}. Name another file`);
    }
    if (!force && (await lstat(path).catch(() => undefined)))
      throw new RetraceError(
        'RETRACE_OUTPUT_EXISTS',
        `${path} exists already. Name another file, or replace it with \`--force\`.`,
        { file: path },
      );
  };
  const temporary = `${path}.${randomUUID()}.tmp`;
  await check();
  await inFolder(path, async () => {
    await (await open(temporary, 'wx')).close();
    await rm(temporary);
  });
  return {
    async write(content) {
      await check();
      await inFolder(path, async () => {
        try {
          await writeDurably(temporary, content);
          await rename(temporary, path);
        } catch (cause) {
          await rm(temporary, { force: true });
          throw cause;
        }
        await syncFolder(dirname(path));
      });
    },
  };
}

async function writeDurably(path: string, content: string | Uint8Array | Iterable<string>): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await writeFile(file, content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Makes a rename last through a power failure, where the system can: Windows and some file systems cannot sync a
 * folder, and the file is whole without it.
 */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist. Make it first',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EACCES: 'its folder may not be written to',
  EPERM: 'its folder may not be written to',
  EROFS: 'its folder may not be written to',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'its path is too long',
};

async function inFolder(path: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    throw outputError(path, reasons[String(cause.code)] ?? cause.message, cause);
  }
}

function outputError(path: string, reason: string, cause?: unknown): RetraceError {
  return new RetraceError(
    'RETRACE_OUTPUT',
    `${path} cannot be written: ${reason}.`,
    { file: path, reason },
    { cause },
  );
}
