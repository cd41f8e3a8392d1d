import type { Command } from 'commander';
import { strictFlags } from './strict-flags.ts';

const exitCodes = {
  0: 'done',
  1: 'anomalies were found, with --fail-on-anomaly',
  2: 'bad input or flags; nothing was written',
  3: 'a bug of retrace',
  130: 'interrupted (143: terminated); nothing was written but checkpoints, where asked for',
};

/** Adds the flags every command has, and completes its help with `text` and the exit codes. */
export function addSessionFlags(command: Command, text: string): void {
  command
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document, also for an error')
    .option('--quiet', 'no progress and no warnings on stderr')
    .helpOption('--help', 'print this')
    .addHelpText('after', `${text}\n\nExit codes:\n${exitCodeLines(command)}`);
  strictFlags(command);
}

function exitCodeLines({ options }: Command): string {
  const canFail = options.some((option) => option.name() === 'fail-on-anomaly');
  return Object.entries(exitCodes)
    .filter(([code]) => code !== '1' || canFail)
    .map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}\n`)
    .join('');
}
