import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Peer, Phase } from './peer.ts';

const folder = fileURLToPath(new URL('../', import.meta.url));
const python = join(folder, '.venv/bin/python');

/** How to make the Python libraries available. */
export const setupCommand = 'apps/bench/peers/setup.sh';

/** Starts a Python library in a process of its own; undefined where it is not installed. */
export async function pythonPeer(name: string, threads: number): Promise<Peer | undefined> {
  if (!existsSync(python)) return undefined;
  const child = spawn(python, [join(folder, 'peers/peer.py'), name, String(threads)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async <T>(): Promise<T> => {
    const { value, done } = await lines.next();
    if (done)
      throw new Error(`the process of ${name} ended; run it by hand to see why: peers/peer.py ${name}`);
    return JSON.parse(value) as T;
  };
  const ask = <T>(command: object): Promise<T> => {
    child.stdin.write(`${JSON.stringify(command)}\n`);
    return answer<T>();
  };
  const started = await answer<{ version: string; phases: Phase[] }>().catch(() => undefined);
  if (!started) return undefined;
  let outputFile = '';
  return {
    name,
    threads,
    ...started,
    async load({ shape, folder: files }) {
      outputFile = join(files, `${name}-outputs.bin`);
      await ask({ do: 'load', shape, folder: files });
    },
    async outputs() {
      await ask({ do: 'outputs', file: outputFile });
      return new Float32Array(new Uint8Array(readFileSync(outputFile)).buffer);
    },
    run: async (phase, steps) => (await ask<{ ms: number[] }>({ do: phase, steps })).ms,
    close: () => child.stdin.end(),
  };
}
