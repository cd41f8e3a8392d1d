import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startWasm } from '@retrace/runtime-wasm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallDetector } from '../../fixtures/small-detector.ts';
import { loadDetector } from '../index.ts';

/** How many processes to kill: 20, or as many as the environment says (`KILLS=1000`). */
const kills = Number(process.env.KILLS ?? 20);
const program = fileURLToPath(new URL('../../fixtures/streaming-process.mjs', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'retrace stream-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with a detector. */
async function placeOf(name: string): Promise<string> {
  await startWasm();
  const place = join(folder, name);
  mkdirSync(place);
  const detector = await smallDetector();
  writeFileSync(join(place, 'detector.retrace'), await detector.save());
  detector.dispose();
  return place;
}

/** Runs a process up to row `end` of the source, or kills it a random moment after its first commit. */
async function streaming(place: string, end: number, { kill }: { kill: boolean }): Promise<void> {
  const child = spawn(process.execPath, [program, place, String(end)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const started = once(child.stdout, 'data');
  child.stdout.resume();
  if (kill) {
    await Promise.race([started, closed]);
    await setTimeout(Math.random() * 40);
    child.kill('SIGKILL');
  }
  await closed;
  expect([child.exitCode, child.signalCode]).toEqual(kill ? [null, 'SIGKILL'] : [0, null]);
}

/** The place in the source and in the outputs that was committed last. */
async function committed(place: string): Promise<{ offset: number; written: number }> {
  const detector = await loadDetector(readFileSync(join(place, 'detector.retrace')));
  const stream = await detector.stream({ state: readFileSync(join(place, 'state')) });
  detector.dispose();
  return JSON.parse(stream.metadata.place!);
}

const outputsOf = (place: string) => readFileSync(join(place, 'outputs.jsonl'), 'utf8');

describe('a stream whose consumer is killed', () => {
  it(
    `goes on after each of ${kills} kills, and gives each row and anomaly once, as if there had been none`,
    async () => {
      const place = await placeOf('killed');
      let [offset, interrupted] = [0, 0];
      for (let kill = 0; kill < kills; kill++) {
        await streaming(place, 1e9, { kill: true });
        const last = await committed(place);
        expect(last.offset).toBeGreaterThan(offset);
        ({ offset } = last);
        const uncommitted = statSync(join(place, 'outputs.jsonl')).size > last.written;
        if (uncommitted || existsSync(join(place, 'state.new'))) interrupted++;
      }
      // The kills did meet commits.
      expect(interrupted).toBeGreaterThan(0);

      const whole = await placeOf('whole');
      for (const each of [place, whole]) await streaming(each, offset + 7, { kill: false });
      const outputs = outputsOf(place);
      expect(outputs).toBe(outputsOf(whole));
      const lines = outputs
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const keys = lines.map((line) =>
        'row' in line ? `${line.id} ${line.row}` : `${line.id} from ${line.firstRow}`,
      );
      expect(new Set(keys).size).toBe(keys.length);
      expect(lines.filter((line) => 'row' in line)).toHaveLength(offset + 7);
      expect(lines.length).toBeGreaterThan(offset + 7);
    },
    kills * 3000 + 60_000,
  );
});
