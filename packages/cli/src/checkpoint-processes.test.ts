import { existsSync, readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { createRandom } from '@retrace/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningProcess, runProcess } from '../fixtures/run-process.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { waveCsv } from '../fixtures/wave-csv.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const csv = folder.write('pumps.csv', waveCsv());
const at = (name: string) => `${folder.path}/${name}`;
/** 360 steps. */
const train = [
  ...['train', csv, '--time', 'time', '--by', 'id', '--features', 'flow,pressure', '--lookback', '8'],
  ...['--units', '4', '--epochs', '40', '--patience', '39', '--schedule', 'cosine:warmup=2epochs'],
];
const kept = (name: string) => [
  ...train,
  ...['--checkpoint', at(name), '--checkpoint-every', '1', '--resume', '--out', at(`${name}.retrace`)],
];

/** The steps of the newest checkpoint, 0 if there is none. */
function stepsIn(name: string): number {
  const names = existsSync(at(name)) ? readdirSync(at(name)) : [];
  return Math.max(0, ...names.map((each) => Number(/^checkpoint-(\d+)/.exec(each)?.[1] ?? 0)));
}

async function untilSteps(name: string, steps: number, { process, ended }: RunningProcess): Promise<void> {
  while (stepsIn(name) < steps) {
    if (process.exitCode !== null || process.signalCode !== null)
      throw new Error(`It ended before ${steps} steps: ${(await ended).stderr}`);
    await setTimeout(3);
  }
}

describe('retrace train, as a process', () => {
  beforeAll(async () => {
    const { exitCode, stderr } = await runProcess([...train, '--out', at('whole.retrace')]).ended;
    // Silent in a pipe.
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  it('killed three times, each time in another way, ends with the same file as one that was not', async () => {
    const random = createRandom(6);
    let before = 0;
    for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT'] as const) {
      const running = runProcess(kept('killed'));
      const target = before + 20 + Math.floor(60 * random.uniform());
      await untilSteps('killed', target, running);
      running.process.kill(signal);
      const told = performance.now();
      const ended = await running.ended;
      expect(performance.now() - told).toBeLessThan(5000);
      const { exitCode, stderr } = ended;
      if (signal === 'SIGKILL') expect(ended.signal).toBe(signal);
      else {
        expect([exitCode, ended.signal]).toEqual([signal === 'SIGTERM' ? 143 : 130, null]);
        expect(stderr).toMatch(
          /^retrace: (Interrupted|Terminated); .* give the same command with --resume\.\n$/,
        );
      }
      before = stepsIn('killed');
      expect(folder.list().filter((name) => name.startsWith('killed'))).toEqual(['killed']);
    }
    expect(before).toBeLessThan(360);
    const last = await runProcess(kept('killed')).ended;
    expect([last.exitCode, last.stderr]).toEqual([0, '']);
    expect(folder.read('killed.retrace')).toEqual(folder.read('whole.retrace'));
    expect(readdirSync(at('killed')).filter((name) => !name.startsWith('checkpoint-'))).toEqual([]);
  });

  it('refuses the folder of another that runs', async () => {
    const first = runProcess(kept('shared'));
    await untilSteps('shared', 1, first);
    const second = await runProcess(kept('shared')).ended;
    first.process.kill('SIGKILL');
    await first.ended;
    expect(second.exitCode).toBe(2);
    expect(second.stderr).toMatch(
      new RegExp(
        `^retrace: Cannot lock .*shared': process ${first.process.pid} of this host holds its lock\\.`,
      ),
    );
  });
});
