import type { Command } from 'commander';
import { commandLineError } from './command-line-error.ts';
import { inspectDetector } from './inspect-detector.ts';
import { inspectTables } from './inspect-tables.ts';
import { isDetectorFile } from './is-detector-file.ts';
import { openSession, type RunOptions, type SessionFlags } from './session.ts';
import { addSessionFlags } from './session-flags.ts';
import { addTableFlags, type TableFlags } from './table-flags.ts';

interface Flags extends TableFlags, SessionFlags {}

const help = `
Of tables: rows, series, interval, gaps, repeated times, missing cells, ranges, a small plot, and
flags to train with. They are read once and as they come, whatever their size; missing cells are
counted, not refused.

Examples:
  retrace inspect pumps.csv --time timestamp --by sensor_id
  retrace inspect pumps.retrace --json`;

/** Adds `retrace inspect`. */
export function addInspectCommand(program: Command, options: RunOptions): void {
  const command = program
    .command('inspect')
    .summary('tell what tables hold, or what a detector is made of')
    .description(
      'Tells what tables hold and how to train on them; or what a detector watches, how it scores, and what its model looks like.',
    )
    .argument('<files...>', 'tables, or a file that `retrace train` wrote');
  addTableFlags(command, { features: 'all other columns of numbers', label: 'counted' });
  addSessionFlags(command, help);
  command.action(async (paths: string[], flags: Flags) => {
    const session = openSession(command, flags, options);
    const detectors = await Promise.all(paths.map(isDetectorFile));
    if (!detectors.includes(true)) return inspectTables(paths, flags, session);
    if (paths.length > 1)
      throw commandLineError('A detector is inspected alone: name one, or tables only.', { files: paths });
    return inspectDetector(paths[0]!, session);
  });
}
