import { type ErrorCode, RetraceError } from '@retrace/errors';

/** What was tried, and where. */
export interface Attempt {
  readonly storage: string;
  readonly operation: 'read' | 'write' | 'list' | 'remove' | 'lock' | 'unlock' | 'open';
  /** Of the content, where the operation is about one. */
  readonly name?: string;
}

/** Why it failed and what helps: `reason` to follow a colon, `remedy` a sentence. */
export interface Failure {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly remedy: string;
}

export interface FailureContext {
  /** The system's own code, such as `ENOSPC`, or the name of a browser's exception. */
  readonly system?: string | undefined;
  readonly cause?: unknown;
  /** Of a failed write, whether the new content is in place all the same. */
  readonly replaced?: boolean | undefined;
}

/** Makes the error for an operation that the system has failed. */
export function storageError(
  attempt: Attempt,
  { code, reason, remedy }: Failure,
  { system, cause, replaced }: FailureContext = {},
): RetraceError {
  const { storage, operation, name } = attempt;
  const object = name === undefined ? `'${storage}'` : `'${name}' in '${storage}'`;
  const why = system === undefined ? reason : `${reason} (${system})`;
  const after = replaced === undefined ? '' : replaced ? ` ${inPlace}` : ` ${untouched}`;
  return new RetraceError(
    code,
    `Cannot ${operation} ${object}: ${why}. ${remedy}${after}`,
    {
      ...attempt,
      reason,
      ...(system !== undefined && { system }),
      ...(replaced !== undefined && { replaced }),
    },
    { cause },
  );
}

const untouched = 'What was there before is untouched.';
const inPlace = 'The new content is in place, but may not outlast a power failure.';

/** Makes the error for a lock that another holds. */
export function lockedError(
  storage: string,
  holder: string,
  remedy: string,
  details: object = {},
): RetraceError {
  return new RetraceError(
    'RETRACE_STORAGE_LOCKED',
    `Cannot lock '${storage}': ${holder} holds its lock. ${remedy}`,
    { storage, ...details },
  );
}
