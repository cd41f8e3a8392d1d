import { isRetraceError } from '@retrace/errors';
import { type Command, CommanderError } from 'commander';
import { interruptedError } from './interrupted-error.ts';
import { nameFlags } from './name-flags.ts';

/** What a failed command tells: plain JSON. */
export interface Failure {
  readonly exitCode: number;
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * Turns what a command threw into an exit code and a message, or undefined where nothing is amiss: help was asked for,
 * or whoever read stdout has stopped.
 *
 * @param command The command that threw, by whose flags its options are named.
 */
export function failureOf(
  error: unknown,
  { command, signal }: { command: Command | undefined; signal: AbortSignal | undefined },
): Failure | undefined {
  if (signal?.aborted && error === signal.reason) {
    return failureOf(interruptedError(error, 'nothing was written.'), { command, signal });
  }
  if (error instanceof CommanderError) return misuse(error, command);
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return undefined;
  if (isRetraceError(error)) {
    const { code, message, details } = error;
    const exitCode = code !== 'RETRACE_INTERRUPTED' ? 2 : signal?.reason === 'SIGTERM' ? 143 : 130;
    return { exitCode, code, message: nameFlags(message, command), details };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    exitCode: 3,
    code: 'RETRACE_INTERNAL',
    message: `This is a bug of retrace; please report it with the command line. ${message}`,
    details: {},
  };
}

function misuse(
  { code, exitCode, message }: CommanderError,
  command: Command | undefined,
): Failure | undefined {
  if (exitCode === 0) return undefined;
  // Commander has printed the help already.
  const told =
    code === 'commander.help' ? 'Name a command.' : message.replace(/^error: /, '').replaceAll('\n', ' ');
  const sentence = `${told[0]!.toUpperCase()}${told.slice(1)}`.replace(/(?<![.?)])$/, '.');
  const help = ['retrace', ...(command ? [command.name()] : []), '--help'].join(' ');
  return {
    exitCode: 2,
    code: 'RETRACE_COMMAND_LINE',
    message: `${sentence} See \`${help}\`.`,
    details: {},
  };
}
