import { isRetraceError, type RetraceError } from '@retrace/errors';
import { type Attempt, type Failure, storageError } from '../storage-error.ts';

const unavailable: Failure = {
  code: 'RETRACE_STORAGE_UNAVAILABLE',
  reason: 'the browser does not let this page store anything',
  remedy: 'Allow its data in the settings of the browser, leave private mode, or use `memoryStorage`.',
};
const cleared: Failure = {
  code: 'RETRACE_STORAGE_UNAVAILABLE',
  reason: "the page's data has been cleared meanwhile",
  remedy: 'Load the page again.',
};

const failures: Readonly<Record<string, Failure>> = {
  QuotaExceededError: {
    code: 'RETRACE_STORAGE_FULL',
    reason: 'the quota of this page is used up, or the disk is full',
    remedy: 'Remove some contents, or free space on the disk.',
  },
  SecurityError: unavailable,
  NotAllowedError: unavailable,
  InvalidStateError: cleared,
  NotFoundError: cleared,
  TypeMismatchError: {
    code: 'RETRACE_STORAGE_NOT_A_FILE',
    reason: 'a folder has that name, or a file that of the storage',
    remedy: 'Use another name, or remove what has it.',
  },
};

/** Makes the error for whatever a browser has thrown; lets errors of this family pass. */
export function browserError(attempt: Attempt, cause: unknown, replaced?: boolean): RetraceError {
  if (isRetraceError(cause)) return cause;
  // Not by class: browsers are making QuotaExceededError one of its own.
  const system = cause instanceof Error || cause instanceof DOMException ? cause.name : undefined;
  const failure = failures[system ?? ''] ?? {
    code: 'RETRACE_STORAGE_FAILED',
    reason: cause instanceof Error ? cause.message : String(cause),
    remedy: 'Try again, or load the page again.',
  };
  return storageError(attempt, failure, { system, cause, replaced });
}

/** Makes the error for a part of the browser that is missing. */
export function missingError(attempt: Attempt, what: string): RetraceError {
  return storageError(attempt, {
    code: 'RETRACE_STORAGE_UNAVAILABLE',
    reason: `this browser, or this page, has no ${what}`,
    remedy: 'Serve the page over https or from localhost, and update the browser.',
  });
}
