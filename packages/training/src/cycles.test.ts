import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createModel, loadModel, reconstruct, saveModel } from '@retrace/models';
import { startWasm } from '@retrace/runtime-wasm';
import { folderStorage } from '@retrace/storage/node';
import { arrayWindows } from '@retrace/windowing';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fit } from './fit.ts';

const spec = reconstruct({ timesteps: 4, features: 1, units: [2] });
const input = Float32Array.from({ length: 16 }, (_, k) => Math.sin(k));
const windows = arrayWindows({ input, shape: [4, 4, 1] });
const spoilt = arrayWindows({ input: input.with(9, 1e30), shape: [4, 4, 1] });

let runtime: Awaited<ReturnType<typeof startWasm>>;
let folder: string;
beforeAll(async () => {
  runtime = await startWasm({ threads: 2 });
  folder = mkdtempSync(join(tmpdir(), 'retrace-'));
});
afterAll(() => {
  runtime.dispose();
  rmSync(folder, { recursive: true });
});

it('creates, fits, saves, loads and disposes a thousand models, and nothing is left: tensors, handles, listeners', async () => {
  const controller = new AbortController();
  const storage = folderStorage(folder);
  /** Ends well, by an abort, by data that cannot be trained on or by a failing callback, in turn; one in ten with checkpoints. */
  const cycle = async (k: number): Promise<string> => {
    const model = createModel(spec, { seed: k });
    const own = new AbortController();
    const ending = ['well', 'aborted', 'failed', 'thrown'][k % 4]!;
    const checkpoint = k % 10 < 2 && { checkpoint: { storage, everySteps: 1, resume: true } };
    try {
      await fit(model, ending === 'failed' ? spoilt : windows, {
        epochs: 2,
        batchSize: 2,
        ...checkpoint,
        signal: ending === 'aborted' ? own.signal : controller.signal,
        onStep: () => {
          if (ending === 'aborted') own.abort();
          if (ending === 'thrown') throw new Error('thrown');
        },
        onWarning: () => {},
      });
      const bytes = await saveModel(model);
      const loaded = await loadModel(bytes);
      loaded.dispose();
      return 'well';
    } catch (error) {
      return own.signal.aborted ? 'aborted' : (error as Error).message === 'thrown' ? 'thrown' : 'failed';
    } finally {
      model.dispose();
      if (checkpoint) for (const name of await storage.list()) await storage.remove(name);
    }
  };
  const left = () => ({
    tensors: memory().numTensors,
    bytes: memory().numBytes,
    handles: process.getActiveResourcesInfo().sort(),
    listeners: getEventListeners(controller.signal, 'abort').length,
  });
  for (let k = 0; k < 20; k++) await cycle(k);
  const before = left();
  const endings: Record<string, number> = {};
  for (let k = 0; k < 1000; k++) {
    const ending = await cycle(k);
    endings[ending] = (endings[ending] ?? 0) + 1;
  }
  expect(endings).toEqual({ well: 250, aborted: 250, failed: 250, thrown: 250 });
  expect(left()).toEqual(before);
}, 120_000);
