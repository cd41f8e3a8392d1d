import { isRetraceError } from '@retrace/errors';
import { diagnose } from './setup/diagnose.ts';
import { thisMachine } from './setup/machine.ts';
import { setUp } from './setup/set-up.ts';
import { verify } from './setup/verify.ts';

const usage = `Usage: retrace-node <command>

  setup           install the addon of @tensorflow/tfjs-node, if it does not load already
  setup --wheel   the same without trying tfjs-node's own install first
  doctor          say what is there, what is missing and why; exit code 1 if the addon does not load
  verify          load the addon in this process and compute a matrix product and an LSTM step`;

/** Runs the command line `retrace-node` and resolves to its exit code: 0 done, 1 not, 2 no such command. */
export async function run(
  argv: readonly string[],
  output: { print(line: string): void; printError(line: string): void },
): Promise<number> {
  try {
    switch (argv.join(' ')) {
      case 'setup':
      case 'setup --wheel':
        await setUp(thisMachine(), { wheelOnly: argv.length === 2, onProgress: output.print });
        return 0;
      case 'doctor': {
        const { lines, loads } = await diagnose(thisMachine());
        for (const line of lines) output.print(line);
        return loads ? 0 : 1;
      }
      case 'verify':
        output.print(await verify());
        return 0;
      case '--help':
        output.print(usage);
        return 0;
      default:
        output.printError(usage);
        return 2;
    }
  } catch (error) {
    if (!isRetraceError(error)) throw error;
    const { code, message, details } = error;
    // `verify` is what `setup` and `doctor` ask, and the remedy is theirs to give.
    if (code === 'RETRACE_TENSORFLOW_UNAVAILABLE') output.printError(`${details.reason}`);
    else output.printError(`retrace-node: ${message} (${code})`);
    return 1;
  }
}
