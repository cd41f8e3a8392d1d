import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import { measure, type Timing } from './measure.ts';
import { median } from './median.ts';
import type { Peer } from './peer.ts';

const peer = (name: string, threads = 1): Peer => ({
  name,
  version: '1',
  threads,
  phases: ['train'],
  load: async () => {},
  outputs: async () => new Float32Array(),
  run: async (_, steps) => new Array<number>(steps).fill(1),
  close() {},
});
const timing = (of: Peer, rounds: number[]): Timing => ({ peer: of, rounds, ms: median(rounds) });

describe('median(values)', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('compare(shape, phase, timings)', () => {
  it('sets ours beside the better number of threads of each, round by round', () => {
    const timings = [
      timing(peer('wasm', 2), [1, 2, 3]),
      timing(peer('pytorch', 1), [9, 9, 9]),
      timing(peer('pytorch', 2), [2, 2, 4]),
      timing(peer('keras'), [10, 10, 10]),
    ];
    const [pytorch, keras] = compare('mid', 'train', timings);
    expect(pytorch).toEqual({
      ...{ shape: 'mid', phase: 'train', runtime: 'wasm', threads: 2, ms: 2 },
      ...{ peer: 'pytorch', peerThreads: 2, peerMs: 2, ratio: 0.75, spread: [0.5, 1] },
    });
    expect(keras).toMatchObject({ peer: 'keras', ratio: 0.2 });
  });
});

describe('measure(peers, phase, options)', () => {
  it('runs the libraries in turn, a slow one for fewer steps, a fast one for more, and leaves out what cannot do it', async () => {
    const calls: string[] = [];
    const recording = (name: string, ms: number, phases: Peer['phases'], slow = false): Peer => ({
      ...peer(name),
      ...{ phases, slow },
      run: async (_, steps) => {
        calls.push(`${name} ${steps}`);
        return new Array<number>(steps).fill(ms);
      },
    });
    const peers = [
      recording('fast', 1, ['train', 'infer']),
      recording('slow', 40, ['train'], true),
      recording('steady', 40, ['train']),
      recording('none', 1, ['infer']),
    ];
    const timings = await measure(peers, 'train', { rounds: 2, steps: 30, least: 40, most: 100 });
    const round = ['fast 40', 'slow 2', 'steady 30'];
    const warmUp = [
      ...['fast 1', 'fast 30', 'fast 40', 'slow 1', 'slow 2', 'slow 2'],
      ...['steady 1', 'steady 30', 'steady 30'],
    ];
    expect(calls).toEqual([...warmUp, ...round, ...round]);
    expect(timings.map(({ peer: { name }, rounds, ms }) => ({ name, rounds, ms }))).toEqual([
      { name: 'fast', rounds: [1, 1], ms: 1 },
      { name: 'slow', rounds: [40, 40], ms: 40 },
      { name: 'steady', rounds: [40, 40], ms: 40 },
    ]);
  });
});
