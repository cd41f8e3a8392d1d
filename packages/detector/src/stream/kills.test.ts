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
/** The stages of a commit at which a process is killed besides. */
const stages: readonly string[] = ['half of the outputs', 'the outputs', 'half of the state', 'the state'];
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

/**
 * Runs a process up to row `end` of the source, or until it is killed: a random moment after its first commit, or at a
 * stage of its fifth.
 */
async function streaming(place: string, end: number, kill?: string): Promise<void> {
  const child = spawn(process.execPath, [program, place, String(end), ...(kill ? [kill] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const started = once(child.stdout, 'data');
  child.stdout.resume();
  if (kill === 'any moment') {
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
    `goes on after each of ${kills} kills at any moment and ${stages.length} within a commit, and gives each row and anomaly once, as if there had been none`,
    async () => {
      const place = await placeOf('killed');
      let offset = 0;
      const moments = new Array<string>(kills).fill('any moment');
      moments.splice(Math.min(kills, 3), 0, ...stages);
      for (const moment of moments) {
        await streaming(place, 1e9, moment);
        const last = await committed(place);
        expect(last.offset).toBeGreaterThan(offset);
        ({ offset } = last);
        if (!stages.includes(moment)) continue;
        // Outputs that were not committed, and at the later stages a state.
        expect(statSync(join(place, 'outputs.jsonl')).size).toBeGreaterThan(last.written);
        expect(existsSync(join(place, 'state.new'))).toBe(moment.endsWith('state'));
      }

      const whole = await placeOf('whole');
      for (const each of [place, whole]) await streaming(each, offset + 7);
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
