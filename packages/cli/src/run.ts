import { failureOf } from './failure.ts';
import { printable } from './printable.ts';
import { createProgram } from './program.ts';
import type { RunOptions } from './session.ts';

/**
 * Runs the command line `retrace` and resolves to its exit code; it never rejects, and never ends the process.
 *
 * 0: done. 1: `detect --fail-on-anomaly` found an anomaly. 2: bad input or flags, told on stderr, and with `--json` as
 * `{ error: { code, message, details } }` on stdout too. 3: a bug. 130, or 143 where `signal` was aborted with the reason
 * `'SIGTERM'`: aborted. Where it is neither 0 nor 1, no file but checkpoints was written, unless all that failed was to
 * print what had been done.
 *
 * @param argv The arguments after the name of the program.
 */
export async function run(argv: readonly string[], options: RunOptions): Promise<number> {
  const { stdout, stderr, signal } = options;
  let exitCode = 0;
  const program = createProgram(options, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    const command = program.commands.find((each) => each.name() === argv[0]);
    const failure = failureOf(error, { command, signal });
    if (!failure) return exitCode;
    const { code, message, details } = failure;
    stderr.write(`retrace: ${printable(message)}\n`);
    if (argv.includes('--json'))
      stdout.write(`${JSON.stringify({ error: { code, message, details } }, null, 2)}\n`);
    return failure.exitCode;
  }
}
