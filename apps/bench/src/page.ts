import { cpus } from 'node:os';
import type { Comparison } from './compare.ts';
import type { Peer } from './peer.ts';
import { comparisonTable, shapeTable } from './tables.ts';

/** What a run was. */
export interface Run {
  readonly device: string;
  readonly peers: readonly Peer[];
  readonly absent: readonly string[];
  readonly rounds: number;
  readonly steps: number;
  readonly comparisons: readonly Comparison[];
}

/** The page docs/benchmarks.md. */
export function benchmarksPage({ device, peers, absent, rounds, steps, comparisons }: Run): string {
  const versions = [...new Map(peers.map(({ name, version }) => [name, version]))].slice(1);
  return `# Benchmarks

Written by \`npx -y pnpm@10.34.9 bench\`, which anyone can rerun; nothing here is typed by hand.

One step of an LSTM autoencoder (LSTM, repeat, LSTM, dense over time): training is forward, backward and Adam, by
\`fit\` with all it checks; inference is \`model.run\`, from arrays to arrays. A ratio is our time over theirs, below 1
where ours is faster: the median of ${rounds} rounds in which the libraries take turns, ${steps} steps each (more
where they take less than 0.4 s, fewer where they take more than 4), and the smallest and largest of a round. Each library runs at the better of 1 and ${cpus().length} threads, tfjs-layers on
the one it has. All start from the same weights, and their outputs are checked to be the same first.

- Machine: ${cpus()[0]?.model.trim()}, ${cpus().length} cores; Node ${process.version}; ${device}.
- Beside: ${versions.map(([name, version]) => `${name} ${version}`).join(', ')}${absent.length > 0 ? `; not installed: ${absent.join(', ')}` : ''}.

${comparisonTable(comparisons)}
${shapeTable()}`;
}
