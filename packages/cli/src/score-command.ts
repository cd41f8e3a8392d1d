import type { Command } from 'commander';
import { commandLineError } from './command-line-error.ts';
import { countOf } from './count-of.ts';
import { judgedTotals, judgeTables } from './judge-tables.ts';
import { prepareOutput } from './output-file.ts';
import { scoreCsv } from './score-csv.ts';
import { openSession, type RunOptions, type SessionFlags } from './session.ts';
import { addSessionFlags } from './session-flags.ts';
import { addTableFlags, type TableFlags } from './table-flags.ts';

interface Flags extends TableFlags, SessionFlags {
  readonly out?: string;
  readonly force?: boolean;
}

const help = `
One row for each row of the tables, series by series, in order of time: id, time, score, anomalous
(1 or 0) and contribution_…, each feature's part of the score. The cells of a row that no window
covers are empty.

Examples:
  retrace score pumps.retrace today.csv --time timestamp --by sensor_id --out scores.csv
  retrace score pumps.retrace today.csv --time timestamp --by sensor_id | sort -t, -k3 -gr | head`;

/** Adds `retrace score`. */
export function addScoreCommand(program: Command, options: RunOptions): void {
  const command = program
    .command('score')
    .summary('score the rows of tables')
    .description('Scores each row by how far the autoencoder departs from it, and writes the scores as CSV.')
    .argument('<detector>', 'a file that `retrace train` wrote')
    .argument('<tables...>', 'CSV, JSON lines, Parquet, Arrow or npy, gzipped or not')
    .option('--out <file>', 'the scores (default: stdout)')
    .option('--force', 'replace the file if it exists');
  addTableFlags(command, { features: 'those of the detector', label: 'left out of the features' });
  addSessionFlags(command, help);
  command.action(async (path: string, tables: string[], flags: Flags) => {
    const session = openSession(command, flags, options);
    const { out, force = false } = flags;
    if (session.json && out === undefined)
      throw commandLineError('`--json` needs `--out`: the scores themselves are CSV.', { flag: '--json' });
    const output =
      out === undefined ? undefined : await prepareOutput(out, { inputs: [path, ...tables], force });
    const { detector, judged } = await judgeTables(path, tables, flags, session);
    detector.dispose();
    const pieces = scoreCsv(judged.map(({ scores }) => scores));
    if (!output) for (const piece of pieces) await session.print(piece);
    else {
      await output.write(pieces);
      const { rows } = judgedTotals(judged);
      if (session.json) await session.printJson({ scores: out, series: judged.length, rows });
      else
        await session.print(
          `${out}: ${countOf(rows, 'row')} of ${countOf(judged.length, 'series', 'series')}\n`,
        );
    }
  });
}
