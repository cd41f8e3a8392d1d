import { availableParallelism } from 'node:os';
import { layersPeer } from './layers-peer.ts';
import { onnxPeer } from './onnx-peer.ts';
import type { Peer } from './peer.ts';
import { pythonPeer } from './python-peer.ts';
import { stepLoopPeer } from './step-loop-peer.ts';

/** The libraries ours is compared with. */
export const peerNames: readonly string[] = ['step-loop', 'tfjs-layers', 'pytorch', 'keras', 'onnxruntime'];

/**
 * Starts libraries, each at one thread and at as many as there are cores, and tells which are not installed.
 *
 * @param threads Those of our own runtime.
 */
export async function startPeers(
  names: readonly string[],
  threads: number,
): Promise<{ others: Peer[]; absent: string[] }> {
  const others: Peer[] = [];
  const absent: string[] = [];
  for (const name of names) {
    if (name === 'step-loop') {
      others.push(stepLoopPeer(threads));
      continue;
    }
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
