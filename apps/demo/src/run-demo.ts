import { mkdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { run } from '@retrace/cli';
import { loadDetector } from '@retrace/detector';
import { type Comparison, compareOnUnseen } from './compare-on-unseen.ts';
import { comparisonNote, comparisonTables, verdict } from './comparison-tables.ts';
import { demoArguments, readingFlags } from './demo-arguments.ts';
import { reportFlags, trainFlags } from './recipe.ts';
import { writeSimulatedFleets } from './simulated-fleets.ts';

const help = `The main job of retrace: from a CSV of sensor readings to anomalies and a report.

  demo                          simulates pumps, trains on one fleet, is judged on machines it has not seen
  demo --data my.csv [flags]    does it on your file; the flags are those of \`retrace train\`
  demo --out folder             where the files go; default out/demo
`;

/** Runs the demo. Resolves to its exit code: 1 if the autoencoder does not beat every baseline, 2 for bad input. */
export async function runDemo(argv: readonly string[]): Promise<number> {
  const asked = demoArguments(argv);
  if (typeof asked === 'string') return refuse(`${asked} See \`demo --help\`.`);
  const { data, out, flags } = asked;
  if (asked.help) {
    process.stdout.write(help);
    return 0;
  }
  try {
    await mkdir(out, { recursive: true });
  } catch (error) {
    return refuse(`The folder ${out} cannot be made: ${(error as Error).message}.`);
  }
  return data === undefined ? simulateAndCompare(out) : trainAndReportOn(data, out, flags);
}

function refuse(message: string): number {
  process.stderr.write(`demo: ${message}\n`);
  return 2;
}

async function trainAndReportOn(data: string, out: string, train: readonly string[]): Promise<number> {
  const detector = join(out, 'detector.retrace');
  const code = await trainAndReport({ training: data, shown: data, detector, out }, { train, report: [] });
  if (code === 0 && train.includes('--label'))
    console.log(
      `\nThe report draws every row of ${data}, those trained on too, which flatters its figures: judge by the test ` +
        'rows that training measured, or by a later table.',
    );
  return code;
}

async function simulateAndCompare(out: string): Promise<number> {
  console.log('Simulating one fleet of pumps to train on and five that stay unseen …');
  const fleets = await writeSimulatedFleets(out);
  for (const { path, rows, faults } of [fleets.training, ...fleets.unseen]) {
    console.log(`  ${relative('.', path)}  ${rows.toLocaleString('en-US')} rows, ${faults.length} faults`);
  }
  const shown = fleets.unseen[0]!;
  const path = join(out, 'pumps.retrace');
  const code = await trainAndReport(
    { training: fleets.training.path, shown: shown.path, detector: path, out },
    { train: trainFlags, report: reportFlags },
  );
  if (code !== 0) return code;
  const detector = await loadDetector(await readFile(path));
  const comparisons: readonly Comparison[] = await compareOnUnseen(detector, fleets);
  detector.dispose();
  for (const table of comparisonTables(comparisons)) process.stdout.write(`\n${table}`);
  console.log(`\n${comparisonNote(comparisons)}`);
  const { text, wins } = verdict(comparisons);
  console.log(`\n${text}\n\nReport of ${relative('.', shown.path)}: ${relative('.', reportPath(out))}`);
  return wins ? 0 : 1;
}

interface Paths {
  readonly training: string;
  readonly shown: string;
  readonly detector: string;
  readonly out: string;
}

/** Walks the path of any CSV: trains a detector on one file and reports on another, through the command line. */
async function trainAndReport(
  { training, shown, detector, out }: Paths,
  flags: { readonly train: readonly string[]; readonly report: readonly string[] },
): Promise<number> {
  const code = await retrace(['train', training, ...flags.train, '--out', detector, '--force']);
  if (code !== 0) return code;
  const reading = readingFlags(flags.train);
  const output = ['--out', reportPath(out), '--force'];
  return retrace(['report', detector, shown, ...reading, ...flags.report, ...output]);
}

async function retrace(argv: readonly string[]): Promise<number> {
  console.log(`\n$ retrace ${argv.join(' ')}`);
  return run(argv, { stdout: process.stdout, stderr: process.stderr });
}

const reportPath = (out: string): string => join(out, 'report.html');
