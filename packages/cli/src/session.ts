import { RetraceError } from '@retrace/errors';
import type { Command } from 'commander';
import { nameFlags } from './name-flags.ts';
import { printable } from './printable.ts';
import { createProgressLine, type ProgressLine } from './progress-line.ts';
import type { TextOutput } from './text-output.ts';

/** What the surroundings give to a command. */
export interface RunOptions {
  /** Takes results. */
  readonly stdout: TextOutput;
  /** Takes progress, warnings and errors. */
  readonly stderr: TextOutput;
  /** Ends the command early, before it has written a file, checkpoints aside. */
  readonly signal?: AbortSignal;
}

/** The flags that every command has. */
export interface SessionFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** One execution of one command. */
export interface Session {
  readonly json: boolean;
  readonly signal: AbortSignal | undefined;
  /** Silent with `--quiet` and where stderr is no terminal. */
  readonly progress: ProgressLine;
  /** What `warn` was told so far. */
  readonly warnings: readonly string[];
  /** Resolves when the text has been taken; rejects when it cannot be. */
  print(text: string): Promise<void>;
  /** Prints a value as the one JSON document of `--json`, the warnings with it. */
  printJson(value: Readonly<Record<string, unknown>>): Promise<void>;
  /** Tells a warning on stderr, once, unless `--quiet`. */
  warn(message: string): void;
}

/** A reader that has gone is no failure of the command, and is left for `run` to see. */
function printError(error: Error): Error {
  if ('code' in error && error.code === 'EPIPE') return error;
  const details = { file: 'stdout', reason: error.message };
  return new RetraceError('RETRACE_OUTPUT', `stdout cannot be written: ${error.message}.`, details, {
    cause: error,
  });
}

const silent: TextOutput = { write: () => true };

/** Begins the execution of `command`. */
export function openSession(
  command: Command,
  { json = false, quiet = false }: SessionFlags,
  { stdout, stderr, signal }: RunOptions,
): Session {
  const warnings: string[] = [];
  const progress = createProgressLine(quiet ? silent : stderr);
  const print = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      stdout.write(text, (error) => (error ? reject(printError(error)) : resolve()));
    });
  return {
    json,
    signal,
    progress,
    warnings,
    print,
    printJson: (value) => print(`${JSON.stringify({ ...value, warnings }, null, 2)}\n`),
    warn(message) {
      const told = nameFlags(message, command);
      if (warnings.includes(told)) return;
      warnings.push(told);
      if (quiet) return;
      progress.clear();
      stderr.write(`retrace: warning: ${printable(told)}\n`);
    },
  };
}
