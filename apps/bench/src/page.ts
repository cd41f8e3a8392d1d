import { cpus } from 'node:os';
import type { KernelSpeed } from '@retrace/runtime-wasm/kernel-speed';
import type { Comparison } from './compare.ts';
import type { Footprint } from './footprint.ts';
import { type Growth, growthBase, shortest } from './growth.ts';
import type { Peer } from './peer.ts';
import {
  comparisonTable,
  footprintTable,
  growthTable,
  kernelTable,
  shapeTable,
  throughputTable,
} from './tables.ts';

/** What a run was. */
export interface Run {
  readonly device: string;
  readonly peers: readonly Peer[];
  readonly absent: readonly string[];
  readonly rounds: number;
  readonly steps: number;
  readonly comparisons: readonly Comparison[];
  readonly speed: KernelSpeed;
  /** The layers whose recurrent products were timed. */
  readonly units: readonly number[];
  readonly growths: readonly Growth[];
  readonly footprints: readonly Footprint[];
}

/** The page docs/benchmarks.md. */
export function benchmarksPage(run: Run): string {
  const { device, peers, absent, rounds, steps, comparisons, speed, units, growths, footprints } = run;
  const versions = [...new Map(peers.map(({ name, version }) => [name, version]))].slice(1);
  const { timesteps, features, batch } = growthBase;
  return `# Benchmarks

Written by \`npx -y pnpm@10.34.9 bench\`, which anyone can rerun; nothing here is typed by hand.

One step of an LSTM autoencoder (LSTM, repeat, LSTM, dense over time): training is forward, backward and Adam, by
\`fit\` with all it checks; inference is \`model.run\`, from arrays to arrays. A ratio is our time over theirs, below 1
where ours is faster: the median of ${rounds} rounds in which the libraries take turns, ${steps} steps each (more
where they take less than 0.4 s; of tfjs-layers fewer where they take more than 4), and the smallest and largest of a
round. Each library runs at the better of 1 and ${cpus().length} threads, tfjs-layers on the one it has. All start from
the same weights, and their outputs are checked to be the same first. The bare step loop is ours without \`fit\`: beside
it one sees what batches, checks and records cost.

- Machine: ${cpus()[0]?.model.trim()}, ${cpus().length} cores; Node ${process.version}; ${device}.
- Beside: ${versions.map(([name, version]) => `${name} ${version}`).join(', ')}${absent.length > 0 ? `; not installed: ${absent.join(', ')}` : ''}.

${comparisonTable(comparisons)}
${shapeTable()}
## What bounds it

WebAssembly has vectors of 128 bits, and ${speed.instructions === 'SIMD' ? 'here no fused multiplication and addition' : 'here fused multiplication and addition'}: a loop of multiplications and additions that
never leaves the registers is the most one thread can do. The native libraries have wider vectors where the processor has.

${kernelTable(speed, units)}
What a step does in its matrix products, beside that peak on all its threads; the rest is gates, copies and JavaScript.

${throughputTable(comparisons, speed)}
## How it grows

Training, from ${timesteps} timesteps, ${features} features, ${growthBase.units} units and a batch of ${batch}, one size at a time; the exponent is over steps of
more than ${shortest} ms.

${growthTable(growths)}
## What a fresh process takes

The time from the first import to the end of the first training step, and the most memory held over twenty steps,
runtime included.

${footprintTable(footprints)}`;
}
