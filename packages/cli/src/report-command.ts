import { htmlReport } from '@retrace/report';
import type { Command } from 'commander';
import { type AnomalyFlags, addAnomalyFlags } from './anomaly-flags.ts';
import { countOf } from './count-of.ts';
import { detectorReport } from './detector-report.ts';
import { integerFlag } from './flag-values.ts';
import { judgedTotals, judgeTables } from './judge-tables.ts';
import { prepareOutput } from './output-file.ts';
import { openSession, type RunOptions, type SessionFlags } from './session.ts';
import { addSessionFlags } from './session-flags.ts';
import { addTableFlags, type TableFlags } from './table-flags.ts';

interface Flags extends TableFlags, AnomalyFlags, SessionFlags {
  readonly out: string;
  readonly force?: boolean;
  readonly series: number;
  readonly featureUnits?: readonly string[];
}

const help = `
Each series with its reconstruction, score and threshold, anomalies shaded; the losses of the
training, the model's diagram, and, with --label, how well the anomalies were found. The page has no
script and needs no network.

Examples:
  retrace report pumps.retrace today.csv --time timestamp --by sensor_id --out report.html
  retrace report pumps.retrace past.csv --time timestamp --by sensor_id --label label \\
    --out report.html --force`;

/** Adds `retrace report`. */
export function addReportCommand(program: Command, options: RunOptions): void {
  const command = program
    .command('report')
    .summary('draw tables, scores and anomalies on one HTML page')
    .description('Writes one HTML page that opens offline and shows what a detector makes of tables.')
    .argument('<detector>', 'a file that `retrace train` wrote')
    .argument('<tables...>', 'CSV, JSON lines, Parquet, Arrow or npy, gzipped or not')
    .requiredOption('--out <file>', 'the page')
    .option('--force', 'replace the file if it exists')
    .option(
      '--series <count>',
      'the most series to draw, those with the highest scores',
      integerFlag('--series', { min: 1 }),
      20,
    )
    .option(
      '--feature-units <units>',
      'the unit of each feature of the detector, in order, such as m³/h,A,mm/s,°C',
      (text: string) => text.split(','),
    );
  addAnomalyFlags(command);
  addTableFlags(command, { features: 'those of the detector', label: 'to measure against' });
  addSessionFlags(command, help);
  command.action(async (path: string, tables: string[], flags: Flags) => {
    const session = openSession(command, flags, options);
    const { out, force = false, series, featureUnits } = flags;
    const output = await prepareOutput(out, { inputs: [path, ...tables], force });
    const told = await judgeTables(path, tables, flags, session);
    const { detector, judged } = told;
    try {
      const { report, options } = detectorReport(told, {
        tables,
        maxSeries: series,
        ...(featureUnits && { featureUnits }),
      });
      const page = htmlReport(report, options);
      await output.write(page);
      const { anomalies } = judgedTotals(judged);
      if (session.json) await session.printJson({ report: out, series: judged.length, anomalies });
      else
        await session.print(
          `${out}: ${countOf(judged.length, 'series', 'series')}, ${countOf(anomalies, 'anomaly', 'anomalies')}\n`,
        );
    } finally {
      detector.dispose();
    }
  });
}
