import { type ErrorCode, isRetraceError, RetraceError } from '@retrace/errors';

/** An error as plain data: structured cloning keeps neither codes nor details. */
export interface PackedError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Packs whatever was thrown; what is no error of this family gets the code `RETRACE_WORKER_FAILED`. */
export function packError(error: unknown): PackedError {
  if (isRetraceError(error)) {
    const { code, message, details } = error;
    return { code, message, details };
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    code: 'RETRACE_WORKER_FAILED',
    message: `The worker failed: ${text}`,
    details: { ...(error instanceof Error && { stack: error.stack }) },
  };
}

/** Makes the error again. */
export function unpackError({ code, message, details }: PackedError): RetraceError {
  return new RetraceError(code, message, details);
}
