import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { startWasm } from '@retrace/runtime-wasm';
import { type Comparison, compare } from './compare.ts';
import { layersPeer } from './layers-peer.ts';
import { measure } from './measure.ts';
import { benchmarksPage } from './page.ts';
import type { Peer } from './peer.ts';
import { createProblem } from './problem.ts';
import { pythonPeer, setupCommand } from './python-peer.ts';
import { retracePeer } from './retrace-peer.ts';
import { shapes } from './shapes.ts';
import { comparisonTable } from './tables.ts';

const usage = `Times our runtimes beside other libraries.

  --shape NAME     only this shape, repeatable: ${Object.keys(shapes).join(', ')}
  --only NAME      only this runtime of ours: wasm
  --rounds N       rounds, 5 by default
  --steps N        steps a round, 30 by default; more where they are short, fewer where they are long
  --threads N      threads of ours, all cores by default
  --json FILE      write the comparisons as JSON
  --docs FILE      write them as a page
`;

/** Runs the bench; returns the exit code. */
export async function runBench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ shape: { type: 'string', multiple: true }, only: { type: 'string' }, help: { type: 'boolean' } },
      ...{ rounds: { type: 'string', default: '5' }, steps: { type: 'string', default: '30' } },
      ...{ threads: { type: 'string' }, json: { type: 'string' }, docs: { type: 'string' } },
    },
  });
  const chosen = values.shape ?? Object.keys(shapes);
  const unknown = chosen.find((name) => !Object.hasOwn(shapes, name));
  if (values.help || unknown !== undefined || ![undefined, 'wasm'].includes(values.only)) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const [rounds, steps] = [Number(values.rounds), Number(values.steps)];
  const runtime = await startWasm(values.threads ? { threads: Number(values.threads) } : {});
  const { peers, absent } = await startPeers(retracePeer(runtime, ownVersion()));
  for (const name of absent) console.log(`${name} is not installed: run ${setupCommand}`);
  const comparisons: Comparison[] = [];
  try {
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
  } finally {
    for (const peer of peers) peer.close();
  }
  const run = { device: runtime.device, peers, absent, rounds, steps, comparisons };
  if (values.json) writeFileSync(values.json, `${JSON.stringify(comparisons, undefined, 2)}\n`);
  if (values.docs) writeFileSync(values.docs, benchmarksPage(run));
  return 0;
}

async function startPeers(ours: Peer): Promise<{ peers: Peer[]; absent: string[] }> {
  const peers = [ours, await layersPeer()];
  const absent = [];
  for (const name of ['pytorch', 'keras', 'onnxruntime']) {
    const started = [];
    for (const threads of new Set([1, availableParallelism()])) started.push(await pythonPeer(name, threads));
    if (started.includes(undefined)) absent.push(name);
    peers.push(...started.filter((peer) => peer !== undefined));
  }
  return { peers, absent };
}

/** Refuses to compare what does not compute the same. */
async function checkOutputs([ours, ...others]: readonly Peer[]): Promise<void> {
  const expected = await ours!.outputs();
  for (const peer of others) {
    const outputs = await peer.outputs();
    const distance = outputs.reduce((most, value, k) => Math.max(most, Math.abs(value - expected[k]!)), 0);
    // Rounding of float32 over hundreds of steps.
    if (outputs.length !== expected.length || !(distance < 1e-4))
      throw new Error(`${peer.name} computes other outputs: they differ by up to ${distance}`);
  }
}

function ownVersion(): string {
  const path = createRequire(import.meta.url).resolve('@retrace/runtime-wasm/package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
