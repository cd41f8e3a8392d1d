import type { Command } from 'commander';
import { type AnomalyFlags, addAnomalyFlags, checkAnomalyFlags, toAnomalyRules } from './anomaly-flags.ts';
import { baselineFigures } from './baseline-figures.ts';
import { commandLineError } from './command-line-error.ts';
import { type EvaluatedRowsFlags, evaluatedRows } from './evaluated-rows.ts';
import { evaluationSummary, evaluationSummaryText } from './evaluation-summary.ts';
import { numberFlag, positive } from './flag-values.ts';
import { judgeRows, networkFigures } from './judge-tables.ts';
import { openDetector } from './open-detector.ts';
import { openSession, type RunOptions, type Session, type SessionFlags } from './session.ts';
import { addSessionFlags } from './session-flags.ts';
import { addTableFlags } from './table-flags.ts';

interface Flags extends Omit<EvaluatedRowsFlags, 'label'>, AnomalyFlags, SessionFlags {
  readonly label?: string;
}

const help = `
The baselines are those of \`train\`, fitted on the rows that the detector was trained and calibrated
on: name their tables with --against, and they are split as then. Given the same tables twice, the
rows that \`train\` left for testing are evaluated. The table tells what flagging everything and the
same alarms at random times would score, and the line below it whether the network pays.

Examples:
  retrace evaluate pumps.retrace pumps.csv --against pumps.csv --time timestamp --by sensor_id \\
    --label label
  retrace evaluate pumps.retrace june.csv --against april.csv may.csv --time timestamp --label label`;

/** Adds `retrace evaluate`. */
export function addEvaluateCommand(program: Command, options: RunOptions): void {
  const share = (flag: string) => numberFlag(flag, { ...positive, max: 1 });
  const command = program
    .command('evaluate')
    .summary('measure a detector, and simple baselines beside it, by labels')
    .description('Measures how well a detector finds what is labelled, beside simple baselines.')
    .argument('<detector>', 'a file that `retrace train` wrote')
    .argument('<tables...>', 'CSV, JSON lines, Parquet, Arrow or npy, gzipped or not')
    .optionsGroup('Baselines:')
    .option('--against <tables...>', 'those the detector was trained on, to fit baselines on')
    .option(
      '--train <share>',
      "of the rows of each series of --against, the first, that trained (default: the detector's, or 0.6)",
      share('--train'),
    )
    .option(
      '--calibration <share>',
      "of the rows, the next, that set the threshold (default: the detector's, or 0.2)",
      share('--calibration'),
    );
  addAnomalyFlags(command);
  addTableFlags(command, { features: 'those of the detector', label: 'to measure against' });
  addSessionFlags(command, help);
  command.action(async (path: string, tables: string[], flags: Flags) => {
    await evaluate(path, tables, flags, openSession(command, flags, options));
  });
}

async function evaluate(
  path: string,
  tables: readonly string[],
  { label, ...flags }: Flags,
  session: Session,
): Promise<void> {
  if (label === undefined)
    throw commandLineError('`evaluate` needs `--label`, the column that tells which rows are anomalous.');
  const lone = (['train', 'calibration'] as const).find((name) => flags[name] !== undefined);
  if (lone && !flags.against)
    throw commandLineError(`\`${lone}\` splits the tables of \`against\`. Give both.`);
  checkAnomalyFlags(flags, flags.time);
  const { signal, warn } = session;
  const { detector } = await openDetector(path);
  try {
    const { test, fitting } = await evaluatedRows(detector, tables, { ...flags, label }, session);
    const rules = { ...detector.state.anomalies, ...toAnomalyRules(flags, test, warn) };
    const judged = await judgeRows(detector, test, session, rules);
    const network = networkFigures(detector, judged)!;
    if (!network.evaluation.labelledShare)
      warn('No row with a score is labelled anomalous, so that most figures are not defined.');
    const baselines = fitting
      ? await baselineFigures(detector, fitting, judged, { signal, warn, rules })
      : [];
    const told = {
      path,
      state: detector.state,
      rules,
      test,
      ...(fitting && { fitting }),
      metrics: [network, ...baselines],
    };
    if (session.json) await session.printJson(evaluationSummary(told));
    else await session.print(evaluationSummaryText(told));
  } finally {
    detector.dispose();
  }
}
