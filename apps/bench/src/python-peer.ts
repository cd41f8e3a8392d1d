import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Peer, Phase } from './peer.ts';
import type { Problem } from './problem.ts';

const folder = fileURLToPath(new URL('../', import.meta.url));

/** The interpreter that peers/setup.sh installs. */
export const python: string = join(folder, '.venv/bin/python');

/** How to make the other libraries available. */
export const setupCommand = 'apps/bench/peers/setup.sh';

/** A library in a Python process of its own; peers/peer.py has the commands. */
interface PythonProcess {
  readonly version: string;
  readonly phases: readonly Phase[];
  ask<T>(command: object): Promise<T>;
  close(): void;
}

async function startPython(name: string, threads: number): Promise<PythonProcess | undefined> {
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
  const started = await answer<{ version: string; phases: Phase[] }>().catch(() => undefined);
  if (!started) return undefined;
  return {
    ...started,
    ask(command) {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      return answer();
    },
    close: () => child.stdin.end(),
  };
}

/** Starts a Python library; undefined where it is not installed. */
export async function pythonPeer(name: string, threads: number): Promise<Peer | undefined> {
  const started = await startPython(name, threads);
  if (!started) return undefined;
  const { version, phases, ask, close } = started;
  let outputFile = '';
  return {
    ...{ name, threads, version, phases },
    async load({ shape, folder: files }) {
      outputFile = join(files, `${name}-outputs.bin`);
      await ask({ do: 'load', shape, folder: files });
    },
    async outputs() {
      await ask({ do: 'outputs', file: outputFile });
      return new Float32Array(new Uint8Array(readFileSync(outputFile)).buffer);
    },
    run: async (phase, steps) => (await ask<{ ms: number[] }>({ do: phase, steps })).ms,
    close,
  };
}

/** The most bytes a fresh process of a library holds over so many training steps; undefined where it is not installed. */
export async function pythonMemory(
  name: string,
  { shape, folder: files }: Problem,
  steps: number,
): Promise<number | undefined> {
  const started = await startPython(name, 1);
  if (!started) return undefined;
  await started.ask({ do: 'load', shape, folder: files });
  await started.ask({ do: 'train', steps });
  const { bytes } = await started.ask<{ bytes: number }>({ do: 'memory' });
  started.close();
  return bytes;
}
