import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startWasm } from '@retrace/runtime-wasm';
import { folderStorage } from '@retrace/storage/node';
import { afterAll, describe, expect, it } from 'vitest';
import { base, data } from '../fixtures/waves.ts';
import { gridOf, sweep } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'retrace-sweep-'));
afterAll(() => rmSync(folder, { recursive: true }));

const configs = gridOf(base, { 'windows.lookback': [4, 6, 8], 'model.units': [[1], [3]] });
const options = { folds: 2 };
const fits = () => readdirSync(folder).filter((name) => name.startsWith('fit-')).length;

/** Sweeps in a process that is killed once it has kept so many more fits. */
async function killedAfter(more: number): Promise<void> {
  const script = fileURLToPath(new URL('../fixtures/sweeping-process.mjs', import.meta.url));
  const arrays = (_: string, value: unknown) =>
    ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value;
  const job = JSON.stringify({ configs, data, options }, arrays);
  const before = fits();
  const child = spawn(process.execPath, [script, folder, job], { stdio: ['ignore', 'ignore', 'inherit'] });
  const watch = setInterval(() => {
    if (fits() >= before + more) child.kill('SIGKILL');
  }, 2);
  const [code, signal] = await new Promise<unknown[]>((resolve) =>
    child.on('exit', (...status) => resolve(status)),
  );
  clearInterval(watch);
  expect([code, signal]).toEqual([null, 'SIGKILL']);
}

describe('sweep(configs, data, { storage: folderStorage(…), resume: true })', () => {
  it('goes on after kills to the files and losses of a sweep that nobody killed', async () => {
    await killedAfter(1);
    await killedAfter(3);
    const kept = fits();
    expect(kept).toBeGreaterThanOrEqual(4);
    expect(kept).toBeLessThan(12);
    await startWasm({ threads: 1 });
    const resumed = await sweep(configs, data, { ...options, storage: folderStorage(folder), resume: true });
    const whole = await sweep(configs, data, options);
    const told = ({ trials }: typeof whole) =>
      trials.map((trial) => [trial.config, trial.error ?? [trial.metrics.loss, trial.files]]);
    expect(told(resumed)).toEqual(told(whole));
    expect(fits()).toBe(12);
  });
});
