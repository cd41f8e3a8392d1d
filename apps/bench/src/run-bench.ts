import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { startWasm } from '@retrace/runtime-wasm';
import { measureKernelSpeed } from '@retrace/runtime-wasm/kernel-speed';
import { checkOutputs } from './check-outputs.ts';
import { type Comparison, compare } from './compare.ts';
import { measureFootprint } from './footprint.ts';
import { measureGrowth } from './growth.ts';
import { measure } from './measure.ts';
import { benchmarksPage } from './page.ts';
import { createProblem } from './problem.ts';
import { setupCommand } from './python-peer.ts';
import { retracePeer } from './retrace-peer.ts';
import { shapes } from './shapes.ts';
import { peerNames, startPeers } from './start-peers.ts';
import { comparisonTable, footprintTable, growthTable, kernelTable, throughputTable } from './tables.ts';

const usage = `Times our runtimes beside other libraries.

  --shape NAME     only this shape, repeatable: ${Object.keys(shapes).join(', ')}
  --peer NAME      beside this library only, repeatable: ${peerNames.join(', ')}
  --only NAME      only this runtime of ours: wasm
  --rounds N       rounds, 5 by default
  --steps N        steps a round, 30 by default; more where they are short, fewer of tfjs-layers
  --threads N      threads of ours, all cores by default
  --brief          the comparison alone: not how time grows, nor what a fresh process takes
  --json FILE      write the comparisons as JSON
  --docs FILE      write all as a page
`;

/** Runs the bench; returns the exit code. */
export async function runBench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ shape: { type: 'string', multiple: true }, peer: { type: 'string', multiple: true } },
      ...{ only: { type: 'string' }, help: { type: 'boolean' }, brief: { type: 'boolean' } },
      ...{ rounds: { type: 'string', default: '5' }, steps: { type: 'string', default: '30' } },
      ...{ threads: { type: 'string' }, json: { type: 'string' }, docs: { type: 'string' } },
    },
  });
  const chosen = values.shape ?? Object.keys(shapes);
  const wanted = values.peer ?? peerNames;
  const known =
    chosen.every((name) => Object.hasOwn(shapes, name)) && wanted.every((name) => peerNames.includes(name));
  if (values.help || !known || ![undefined, 'wasm'].includes(values.only) || (values.brief && values.docs)) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const [rounds, steps] = [Number(values.rounds), Number(values.steps)];
  const runtime = await startWasm(values.threads ? { threads: Number(values.threads) } : {});
  const ours = retracePeer(runtime, ownVersion());
  // Before the others start: their threads go on for a while after they have been told to end.
  const growths = values.brief ? [] : await measureGrowth(ours);
  const units = [...new Set(chosen.map((name) => shapes[name]!.units))];
  const speed = await measureKernelSpeed({ units });
  const { others, absent } = await startPeers(wanted, ours.threads);
  for (const name of absent) console.log(`${name} is not installed: run ${setupCommand}`);
  const comparisons: Comparison[] = [];
  const peers = [ours, ...others];
  for (const name of chosen) {
    const problem = await createProblem(shapes[name]!);
    for (const peer of peers) await peer.load(problem);
    await checkOutputs(peers);
    for (const phase of ['train', 'infer'] as const) {
      const timings = await measure(peers, phase, { rounds, steps, least: 400, most: 4000 });
      comparisons.push(...compare(name, phase, timings));
    }
    problem.dispose();
    console.log(comparisonTable(comparisons.filter(({ shape }) => shape === name)));
  }
  for (const peer of others) peer.close();
  console.log(`${kernelTable(speed, units)}\n${throughputTable(comparisons, speed)}`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(comparisons, undefined, 2)}\n`);
  if (!values.brief) {
    console.log(growthTable(growths));
    const footprints = [];
    for (const name of chosen) footprints.push(await measureFootprint(name));
    console.log(footprintTable(footprints));
    const { device } = runtime;
    const run = { device, peers, absent, rounds, steps, comparisons, speed, units, growths, footprints };
    if (values.docs) writeFileSync(values.docs, benchmarksPage(run));
  }
  ours.close();
  return 0;
}

function ownVersion(): string {
  const path = createRequire(import.meta.url).resolve('@retrace/runtime-wasm/package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
