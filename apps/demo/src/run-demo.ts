import { mkdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '@retrace/cli';
import { loadDetector } from '@retrace/detector';
import { type Comparison, compareOnUnseen } from './compare-on-unseen.ts';
import { comparisonTables, verdict } from './comparison-tables.ts';
import { reportFlags, trainFlags } from './recipe.ts';
import { writeSimulatedFleets } from './simulated-fleets.ts';

const help = `The main job of retrace: from a CSV of sensor readings to anomalies and a report.

  demo                          simulates pumps, trains on one fleet, is judged on machines it has not seen
  demo --data my.csv [flags]    does it on your file; the flags are those of \`retrace train\`
  demo --out folder             where the files go; default out/demo
`;

/** The flags that say how a table is read, which every command needs. */
const tableFlags = ['time', 'by', 'features', 'label', 'delimiter', 'missing', 'on-missing'];

/** Runs the demo. Resolves to its exit code: 1 if the autoencoder does not beat every baseline, 2 for bad input. */
export async function runDemo(argv: readonly string[]): Promise<number> {
  const { values, tokens } = parseArgs({
    args: [...argv],
    options: {
      data: { type: 'string' },
      out: { type: 'string', default: 'out/demo' },
      help: { type: 'boolean' },
    },
    strict: false,
    tokens: true,
  });
  const out = values.out as string;
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const flags = tokens.flatMap((token) => {
    if (token.kind === 'positional') return [token.value];
    if (token.kind !== 'option' || token.name === 'data' || token.name === 'out') return [];
    return token.value === undefined ? [token.rawName] : [token.rawName, token.value];
  });
  await mkdir(out, { recursive: true });
  if (typeof values.data === 'string')
    return trainAndReport(values.data, values.data, out, { train: flags, report: [] });
  return simulateAndCompare(out);
}

async function simulateAndCompare(out: string): Promise<number> {
  console.log('Simulating one fleet of pumps to train on and five that stay unseen …');
  const fleets = await writeSimulatedFleets(out);
  for (const { path, rows, faults } of [fleets.training, ...fleets.unseen]) {
    console.log(`  ${relative('.', path)}  ${rows.toLocaleString('en-US')} rows, ${faults.length} faults`);
  }
  const shown = fleets.unseen[0]!;
  const code = await trainAndReport(fleets.training.path, shown.path, out, {
    train: trainFlags,
    report: reportFlags,
  });
  if (code !== 0) return code;
  const detector = await loadDetector(await readFile(detectorPath(out)));
  const comparisons: readonly Comparison[] = await compareOnUnseen(detector, fleets);
  detector.dispose();
  for (const table of comparisonTables(comparisons)) console.log(`\n${table}`);
  const { text, wins } = verdict(comparisons);
  console.log(`\n${text}\n\nReport of ${relative('.', shown.path)}: ${relative('.', reportPath(out))}`);
  return wins ? 0 : 1;
}

/** Walks the path of any CSV: trains a detector on one file and reports on another, through the command line. */
async function trainAndReport(
  training: string,
  shown: string,
  out: string,
  flags: { readonly train: readonly string[]; readonly report: readonly string[] },
): Promise<number> {
  const code = await retrace(['train', training, ...flags.train, '--out', detectorPath(out), '--force']);
  if (code !== 0) return code;
  const reading = flags.train.flatMap((flag, index) =>
    tableFlags.includes(flag.slice(2)) ? [flag, flags.train[index + 1]!] : [],
  );
  const output = ['--out', reportPath(out), '--force'];
  return retrace(['report', detectorPath(out), shown, ...reading, ...flags.report, ...output]);
}

async function retrace(argv: readonly string[]): Promise<number> {
  console.log(`\n$ retrace ${argv.join(' ')}`);
  return run(argv, { stdout: process.stdout, stderr: process.stderr });
}

const detectorPath = (out: string): string => join(out, 'pumps.retrace');
const reportPath = (out: string): string => join(out, 'report.html');
