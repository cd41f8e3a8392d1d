import { abortOnSignals } from './abort-on-signals.ts';
import { run } from './run.ts';

const signal = abortOnSignals(process);
// A reader that goes away is told to `run` by the callback of `write`; without a listener it would end the process.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal,
});
// What was given up, such as half a table, would hold the process until it is done.
if (signal.aborted) process.stdout.write('', () => process.stderr.write('', () => process.exit()));
