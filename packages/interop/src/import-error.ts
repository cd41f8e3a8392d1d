import { RetraceError } from '@retrace/errors';

/** An error about a file of another library. */
export function importError(
  message: string,
  details: Readonly<Record<string, unknown>> = {},
  cause?: unknown,
): RetraceError {
  return new RetraceError('RETRACE_IMPORT', message, details, { cause });
}
