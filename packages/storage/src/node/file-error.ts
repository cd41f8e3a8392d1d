import { isRetraceError, type RetraceError } from '@retrace/errors';
import { type Attempt, type Failure, storageError } from '../storage-error.ts';
import { systemCode } from './system-code.ts';

const full: Failure = {
  code: 'RETRACE_STORAGE_FULL',
  reason: 'no space is left',
  remedy: 'Free some, or use a folder on another disk.',
};
const denied: Failure = {
  code: 'RETRACE_STORAGE_DENIED',
  reason: 'its permissions forbid it',
  remedy: 'Change them, or use another folder.',
};
const gone: Failure = {
  code: 'RETRACE_STORAGE_UNAVAILABLE',
  reason: 'the folder is not there, or no longer',
  remedy: 'Make it, or mount its disk, and try again.',
};
const tooManyFiles: Failure = {
  code: 'RETRACE_STORAGE_FAILED',
  reason: 'too many files are open',
  remedy: 'Close some, or raise the limit (`ulimit -n`), and try again.',
};

const notAFile: Failure = {
  code: 'RETRACE_STORAGE_NOT_A_FILE',
  reason: 'a folder, a link or a device has that name',
  remedy: 'Use another name, or remove what has it.',
};

const failures: Readonly<Record<string, Failure>> = {
  ENOSPC: full,
  EDQUOT: { ...full, reason: 'the quota is used up' },
  EACCES: denied,
  EPERM: denied,
  EROFS: { ...denied, reason: 'the file system is read-only' },
  ENOENT: gone,
  ENOTDIR: { ...gone, reason: 'a part of its path is a file', remedy: 'Use another folder.' },
  EEXIST: { ...gone, reason: 'a file has its path', remedy: 'Use another folder.' },
  EISDIR: notAFile,
  ELOOP: notAFile,
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
  EIO: {
    code: 'RETRACE_STORAGE_FAILED',
    reason: 'the disk reports an error',
    remedy: 'Check the disk, and use another meanwhile.',
  },
  ENAMETOOLONG: { ...gone, reason: 'its path is too long', remedy: 'Use a folder nearer to the root.' },
};

/** Makes the error for whatever a file function has thrown; lets errors of this family pass. */
export function fileError(attempt: Attempt, cause: unknown, replaced?: boolean): RetraceError {
  if (isRetraceError(cause)) return cause;
  const system = systemCode(cause);
  const failure = failures[system ?? ''] ?? {
    code: 'RETRACE_STORAGE_FAILED',
    reason: cause instanceof Error ? cause.message : String(cause),
    remedy: 'Try again, or use another folder.',
  };
  return storageError(attempt, failure, { system, cause, replaced });
}

/** Makes the error for a name that something else than a file has. */
export function notAFileError(attempt: Attempt): RetraceError {
  return storageError(attempt, notAFile);
}
