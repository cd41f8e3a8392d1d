import { RetraceError } from '@retrace/errors';

/** Makes the error for a command line that is not one, or whose flags contradict each other. */
export function commandLineError(
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): RetraceError {
  return new RetraceError('RETRACE_COMMAND_LINE', message, details);
}
