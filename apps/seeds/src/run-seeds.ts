import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startWasm } from '@retrace/runtime-wasm';
import type { Experiment } from './experiment.ts';
import { experiments } from './experiments.ts';
import { figureText } from './figure-text.ts';
import { kerasVersions } from './keras-results.ts';
import { type Report, renderPage } from './render-page.ts';
import { falls, type Result, resultsOf } from './result.ts';
import { type SeedsArguments, seedsArguments, usage } from './seeds-arguments.ts';

const docs = new URL('../../../docs/', import.meta.url);
const pictures = new URL('seeds/', docs);
const reports = new URL('../reports/', import.meta.url);

/**
 * Runs experiments and writes the page about them. Resolves to the exit code: 1 if a bar is missed that Keras does not
 * miss too, 2 for bad arguments.
 */
export async function runSeeds(argv: readonly string[]): Promise<number> {
  const asked = seedsArguments(argv, experiments);
  if (typeof asked === 'string') {
    process.stderr.write(`seeds: ${asked} See \`seeds --help\`.\n`);
    return 2;
  }
  if (asked.help) {
    process.stdout.write(usage(experiments));
    return 0;
  }
  await startWasm();
  const results: Result[] = [];
  for (const experiment of chosen(asked)) {
    const report = await runOne(experiment, asked);
    results.push(...report.results);
    if (asked.seeds === undefined) {
      await mkdir(reports, { recursive: true });
      await writeFile(new URL(`${experiment.name}.json`, reports), `${JSON.stringify(report, null, 1)}\n`);
    }
  }
  if (asked.seeds === undefined) await writePage();
  if (asked.json !== undefined) {
    const plain = results.map(({ keras: _, runs: __, ...result }) => result);
    await writeFile(asked.json, `${JSON.stringify(plain, null, 2)}\n`);
  }
  const missed = results.filter(falls);
  for (const { experiment, metric, bar } of missed) console.log(`MISSED ${experiment}: ${metric}, ${bar}`);
  return missed.length > 0 ? 1 : 0;
}

function chosen({ only }: SeedsArguments): readonly Experiment[] {
  if (only !== undefined) return experiments.filter(({ name }) => name === only);
  return experiments.filter(({ name, needsData, onDemand }) => {
    if (onDemand) return false;
    if (!needsData || process.env.RETRACE_DATA) return true;
    console.log(`${name}: skipped, because it needs RETRACE_DATA to name the folder of real data`);
    return false;
  });
}

async function runOne(experiment: Experiment, { seeds = experiment.seeds }: SeedsArguments): Promise<Report> {
  const { name, title } = experiment;
  console.log(`${name}: ${title} …`);
  const from = performance.now();
  const outcome = await experiment.run(
    Array.from({ length: Math.min(seeds, experiment.seeds) }, (_, k) => k + 1),
  );
  const seconds = (performance.now() - from) / 1000;
  const results = resultsOf(experiment, outcome);
  for (const { metric, median, min, max, bar, pass } of results) {
    const judged = bar === null ? '' : `  ${bar}: ${pass ? 'pass' : 'FAIL'}`;
    console.log(`  ${metric}: ${[median, min, max].map(figureText).join(' / ')}${judged}`);
  }
  for (const note of outcome.notes ?? []) console.log(`  ${note}`);
  console.log(`  ${seconds.toFixed(0)} s`);
  const drawn = outcome.pictures ?? [];
  if (drawn.length > 0) await mkdir(pictures, { recursive: true });
  for (const picture of drawn) await writeFile(new URL(`${picture.name}.svg`, pictures), picture.svg);
  return {
    experiment: name,
    seconds,
    results,
    notes: outcome.notes ?? [],
    pictures: drawn.map(({ name, caption }) => ({ name, caption })),
  };
}

/** Writes the page from the reports of all experiments that were ever run here. */
async function writePage(): Promise<void> {
  const sections = [];
  for (const experiment of experiments) {
    const file = new URL(`${experiment.name}.json`, reports);
    if (existsSync(file))
      sections.push({ experiment, report: JSON.parse(await readFile(file, 'utf8')) as Report });
  }
  await mkdir(docs, { recursive: true });
  await writeFile(new URL('seeds.md', docs), renderPage({ versions: kerasVersions, sections }));
  console.log(`Written: ${fileURLToPath(new URL('seeds.md', docs))}`);
}
