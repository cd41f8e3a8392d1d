import { availableParallelism } from 'node:os';
import { layersPeer } from './layers-peer.ts';
import { onnxPeer } from './onnx-peer.ts';
import type { Peer } from './peer.ts';
import { pythonPeer } from './python-peer.ts';

/** The libraries ours is compared with. */
export const peerNames: readonly string[] = ['tfjs-layers', 'pytorch', 'keras', 'onnxruntime'];

/** Starts libraries, each at one thread and at as many as there are cores, and tells which are not installed. */
export async function startPeers(names: readonly string[]): Promise<{ others: Peer[]; absent: string[] }> {
  const others: Peer[] = [];
  const absent: string[] = [];
  for (const name of names) {
    if (name === 'tfjs-layers') {
      others.push(await layersPeer());
      continue;
    }
    const started = [];
    for (const threads of new Set([1, availableParallelism()]))
      started.push(await (name === 'onnxruntime' ? onnxPeer(threads) : pythonPeer(name, threads)));
    if (started.includes(undefined)) absent.push(name);
    else others.push(...(started as Peer[]));
  }
  return { others, absent };
}
