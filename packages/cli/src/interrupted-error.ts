import { RetraceError } from '@retrace/errors';

/**
 * Makes the error of a command that was told to end before it was done.
 *
 * @param reason Of its signal: 'SIGTERM', or anything else.
 * @param left What it has left behind, to follow a semicolon.
 */
export function interruptedError(
  reason: unknown,
  left: string,
  details: Readonly<Record<string, unknown>> = {},
): RetraceError {
  const word = reason === 'SIGTERM' ? 'Terminated' : 'Interrupted';
  return new RetraceError('RETRACE_INTERRUPTED', `${word}; ${left}`, details);
}
