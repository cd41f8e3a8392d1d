import { Command } from 'commander';
import { addDetectCommand } from './detect-command.ts';
import { addEvaluateCommand } from './evaluate-command.ts';
import { addInspectCommand } from './inspect-command.ts';
import { addReportCommand } from './report-command.ts';
import { addScoreCommand } from './score-command.ts';
import type { RunOptions } from './session.ts';
import { addSweepCommand } from './sweep-command.ts';
import { addTrainCommand } from './train-command.ts';
import { readVersion } from './version.ts';

const help = `
Examples:
  retrace train pumps.csv --time timestamp --by sensor_id --out pumps.retrace
  retrace detect pumps.retrace today.csv --time timestamp --by sensor_id

\`retrace help <command>\` tells the flags of a command.`;

/**
 * Builds the command line `retrace`. It throws what goes wrong, commander's own errors too, and never exits.
 *
 * @param finish Takes an exit code other than 0 of a command that did what it was asked for.
 */
export function createProgram(options: RunOptions, finish: (exitCode: number) => void): Command {
  const { stdout, stderr } = options;
  const program = new Command('retrace')
    .description('Finds anomalies in time series, from tables, with LSTM autoencoders.')
    .version(readVersion(), '--version', 'print the version')
    .helpOption('--help', 'print this')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      // `run` tells errors itself.
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(stdout.columns ?? 100, 100),
      getErrHelpWidth: () => Math.min(stderr.columns ?? 100, 100),
    })
    .addHelpText('after', help);
  addTrainCommand(program, options);
  addSweepCommand(program, options);
  addScoreCommand(program, options);
  addDetectCommand(program, options, finish);
  addEvaluateCommand(program, options);
  addReportCommand(program, options);
  addInspectCommand(program, options);
  return program;
}
