import type { Command } from 'commander';
import { anomalyTable } from './anomaly-table.ts';
import { formatTable } from './format-table.ts';
import { evaluateJudged, type JudgedSeries, judgeTables } from './judge-tables.ts';
import { metricsTable } from './metrics-table.ts';
import { openSession, type RunOptions, type SessionFlags } from './session.ts';
import { addSessionFlags } from './session-flags.ts';
import { addTableFlags, type TableFlags } from './table-flags.ts';

interface Flags extends TableFlags, SessionFlags {
  readonly failOnAnomaly?: boolean;
}

const help = `
Examples:
  retrace detect pumps.retrace today.csv --time timestamp --by sensor_id
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
    .argument('<csv...>', 'the tables, gzipped or not')
    .option('--fail-on-anomaly', 'exit with 1 if there is an anomaly');
  addTableFlags(command, { features: 'those of the detector', label: 'to measure against' });
  addSessionFlags(command, help);
  command.action(async (path: string, tables: string[], flags: Flags) => {
    const session = openSession(command, flags, options);
    const { detector, judged } = await judgeTables(path, tables, flags, session);
    try {
      const anomalies = judged.flatMap((each) => each.anomalies);
      const evaluation = evaluateJudged(detector, judged);
      const metrics = evaluation && [{ name: 'autoencoder', evaluation }];
      const { threshold } = detector.state;
      if (session.json) {
        await session.printJson({
          threshold: threshold.value,
          series: judged.map(countsOf),
          anomalies,
          ...(metrics && { metrics }),
        });
      } else {
        const rows = judged.reduce((sum, { series }) => sum + series.time.length, 0);
        const table = metrics && metricsTable(metrics, 'Against the labels');
        await session.print(
          (anomalies.length > 0 ? `${formatTable(anomalyTable(judged))}\n` : '') +
            `${anomalies.length} anomalies in ${rows} rows of ${judged.length} series, threshold ${threshold.value.toPrecision(4)}\n` +
            (table ? `\n${table.title}:\n${formatTable(table)}${table.note}\n` : ''),
        );
      }
      if (flags.failOnAnomaly && anomalies.length > 0) finish(1);
    } finally {
      detector.dispose();
    }
  });
}

function countsOf({ series, scores, anomalies }: JudgedSeries): Record<string, unknown> {
  return {
    id: series.id,
    rows: series.time.length,
    scored: scores.coverage.filter((windows) => windows > 0).length,
    anomalies: anomalies.length,
  };
}
