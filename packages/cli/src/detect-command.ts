import { isConstantThreshold } from '@retrace/scoring';
import type { Command } from 'commander';
import { anomalyCsv } from './anomaly-csv.ts';
import { type AnomalyFlags, addAnomalyFlags } from './anomaly-flags.ts';
import { anomalyRulesText } from './anomaly-rules-text.ts';
import { anomalyTable } from './anomaly-table.ts';
import { commandLineError } from './command-line-error.ts';
import { countOf } from './count-of.ts';
import { formatTable } from './format-table.ts';
import { type JudgedTables, judgedTotals, judgeTables, networkFigures } from './judge-tables.ts';
import { metricsText } from './metrics-text.ts';
import { openSession, type RunOptions, type SessionFlags } from './session.ts';
import { addSessionFlags } from './session-flags.ts';
import { addTableFlags, type TableFlags } from './table-flags.ts';
import { levelText } from './threshold-text.ts';
import { hasDates } from './time-text.ts';

interface Flags extends TableFlags, AnomalyFlags, SessionFlags {
  readonly csv?: boolean;
  readonly failOnAnomaly?: boolean;
}

const help = `
Examples:
  retrace detect pumps.retrace today.csv --time timestamp --by sensor_id
  retrace detect pumps.retrace today.csv --time timestamp --by sensor_id --csv > anomalies.csv
  retrace detect pumps.retrace today.csv --time timestamp --min-anomaly 3 --merge-gap 10m
  retrace detect pumps.retrace today.csv --time timestamp --by sensor_id --json --fail-on-anomaly`;

/**
 * Adds `retrace detect`.
 *
 * @param finish Takes the exit code 1 where anomalies were found and `--fail-on-anomaly` asks for it.
 */
export function addDetectCommand(
  program: Command,
  options: RunOptions,
  finish: (exitCode: number) => void,
): void {
  const command = program
    .command('detect')
    .summary('list the anomalies of tables')
    .description('Lists the stretches of rows whose score exceeds the threshold, with the features to blame.')
    .argument('<detector>', 'a file that `retrace train` wrote')
    .argument('<tables...>', 'CSV, JSON lines, Parquet, Arrow or npy, gzipped or not')
    .option('--csv', 'print the anomalies alone, as CSV')
    .option('--fail-on-anomaly', 'exit with 1 if there is an anomaly');
  addAnomalyFlags(command);
  addTableFlags(command, { features: 'those of the detector', label: 'to measure against' });
  addSessionFlags(command, help);
  command.action(async (path: string, tables: string[], flags: Flags) => {
    const session = openSession(command, flags, options);
    if (session.json && flags.csv)
      throw commandLineError('`--csv` and `--json` are two forms of one output. Give one of the two.');
    const told = await judgeTables(path, tables, flags, session);
    const { detector, judged } = told;
    detector.dispose();
    // Before printing, which a reader that goes away may end.
    if (flags.failOnAnomaly && judgedTotals(judged).anomalies > 0) finish(1);
    if (flags.csv) for (const piece of anomalyCsv(judged)) await session.print(piece);
    else if (session.json) await session.printJson(findings(told));
    else await session.print(findingsText(told));
  });
}

const legend = 'peak: the highest score; severity: peak over threshold; blame: shares of the score.\n';

function findings({ detector, judged, rules }: JudgedTables): Record<string, unknown> {
  const { threshold } = detector.state;
  const figures = networkFigures(detector, judged);
  return {
    threshold: isConstantThreshold(threshold) ? threshold.value : null,
    rules,
    series: judged.map(({ series, scores, anomalies }) => ({
      id: series.id,
      rows: series.time.length,
      scored: scores.coverage.filter((windows) => windows > 0).length,
      anomalies: anomalies.length,
    })),
    anomalies: judged.flatMap(({ anomalies }) => anomalies),
    ...(figures && { metrics: [figures] }),
  };
}

function findingsText({ detector, judged, rules }: JudgedTables): string {
  const { rows, anomalies } = judgedTotals(judged);
  const figures = networkFigures(detector, judged);
  const total =
    `${countOf(anomalies, 'anomaly', 'anomalies')} in ${countOf(rows, 'row')} of ` +
    `${countOf(judged.length, 'series', 'series')}, threshold ${levelText(detector.state.threshold)}`;
  const made = anomalyRulesText(rules, hasDates(judged.map(({ series }) => series)));
  const parts = [
    ...(anomalies > 0 ? [`${formatTable(anomalyTable(judged))}${legend}`] : []),
    `${total}\n${made ? `${made}\n` : ''}`,
    ...(figures
      ? [metricsText([figures], { title: 'Against the labels', lookback: detector.state.windows.lookback })]
      : []),
  ];
  return parts.join('\n');
}
