import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackCheckpoint } from './checkpoint-file.ts';

/** How many processes to kill: 50, or as many as the environment says (`KILLS=1000`). */
const kills = Number(process.env.KILLS ?? 50);
const program = fileURLToPath(new URL('../../fixtures/fitting-process.mjs', import.meta.url));
/** Of the process, in an epoch. */
const steps = 6;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'retrace training-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a process that fits, and kills it a random moment after its first step, if it is to be killed. */
async function fitting(place: string, epochs: number, { kill }: { kill: boolean }): Promise<string[]> {
  const child = spawn(process.execPath, [program, place, String(epochs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const closed = once(child, 'close');
  if (kill) {
    await Promise.race([once(child.stdout, 'data'), closed]);
    await setTimeout(Math.random() * 40);
    child.kill('SIGKILL');
  }
  await closed;
  expect(child.signalCode).toBe(kill ? 'SIGKILL' : null);
  return printed.trimEnd().split('\n');
}

/** The steps that a process said it took, or saved. */
function stepsOf(lines: readonly string[], what: 'took' | 'saved'): number[] {
  return lines.filter((line) => line.startsWith(what)).map((line) => Number(line.split(' ')[1]));
}

/** Reads the newest checkpoint, which must be whole, and how many steps it is after. */
function newestIn(place: string) {
  const name = readdirSync(place)
    .filter((each) => each.startsWith('checkpoint-'))
    .sort()
    .at(-1)!;
  const { state } = unpackCheckpoint(readFileSync(join(place, name)));
  const after = (state.epoch - 1) * steps + state.progress.batches;
  expect(name).toBe(`checkpoint-${String(after).padStart(12, '0')}.safetensors`);
  const history = state.history.map((log) => ({ ...log, seconds: 0, windowsPerSecond: 0 }));
  return { after, state: { ...state, history, seconds: 0 } };
}

/** Kills one process after another, all on one folder; returns the steps that are saved in the end, and how many writes it met. */
async function killRepeatedly(place: string, times: number): Promise<{ after: number; interrupted: number }> {
  let [after, interrupted] = [0, 0];
  // Until a kill has met a write, which may take more of them.
  for (let kill = 1; kill <= times || (interrupted === 0 && kill <= 10 * times); kill++) {
    const lines = await fitting(place, 1e6, { kill: true });
    const took = stepsOf(lines, 'took');
    expect(took[0]).toBe(after + 1);
    const saved = stepsOf(lines, 'saved').at(-1) ?? after;
    const names = readdirSync(place);
    interrupted += names.filter((name) => name.startsWith('.write')).length;
    if (saved === 0 && !names.some((name) => name.startsWith('checkpoint-'))) continue;
    ({ after } = newestIn(place));
    expect([saved, saved + 1]).toContain(after);
    expect(took.at(-1)! - after).toBeLessThanOrEqual(1);
  }
  return { after, interrupted };
}

describe('fit with a checkpoint after every step, whose process is killed', () => {
  it(
    `goes on after each of ${kills} kills from the last step that was saved, and ends as if there had been none`,
    async () => {
      const places = ['first', 'second'].map((name) => join(folder, name));
      const killed = await Promise.all(places.map((place) => killRepeatedly(place, Math.ceil(kills / 2))));
      // The kills did meet writes.
      expect(Math.max(...killed.map(({ interrupted }) => interrupted))).toBeGreaterThan(0);

      const whole = join(folder, 'whole');
      const epochs = Math.ceil((Math.max(...killed.map(({ after }) => after)) + 1) / steps);
      for (const place of [whole, ...places])
        expect((await fitting(place, epochs, { kill: false })).at(-1)).toBe('done');
      for (const place of places) {
        expect(newestIn(place)).toEqual(newestIn(whole));
        expect(readdirSync(place)).toEqual(readdirSync(whole));
      }
    },
    kills * 3000 + 60_000,
  );
});
