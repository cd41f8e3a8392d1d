/** A stable, documented name for one kind of failure: what callers compare. */
export type ErrorCode = `RETRACE_${string}`;

/**
 * The error every package of the family throws.
 *
 * Recognise it with {@link isRetraceError} and its `code`, never by class: an application may hold two copies
 * of a package. `details` is plain data (file, row, column, argument, …) for programs; the message says the
 * same to people.
 */
export class RetraceError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
    this.name = 'RetraceError';
    this.code = code;
    this.details = details;
  }
}

/** Tells whether a thrown value is an error of this family, optionally of one `code`. */
export function isRetraceError(value: unknown, code?: ErrorCode): value is RetraceError {
  if (!(value instanceof Error) || !('code' in value) || !('details' in value)) return false;
  return (
    typeof value.code === 'string' && value.code.startsWith('RETRACE_') && (!code || value.code === code)
  );
}
