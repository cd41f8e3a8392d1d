import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createModel, loadModel, reconstruct, saveModel } from '@retrace/models';
import { tensorsOf } from '@retrace/models/tensors';
import type { Runtime } from '@retrace/ops/runtime';
import { startWasm } from '@retrace/runtime-wasm';
import { memoryStorage } from '@retrace/storage';
import { arrayWindows, createSeries, fitScaler, slidingWindows } from '@retrace/windowing';
import { mul, type Scalar, sum } from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StepLog } from '../epoch-log.ts';
import { fit } from '../fit.ts';
import { epochsInWorker, fitInWorker, serveTraining } from './index.ts';

const spec = reconstruct({ timesteps: 6, features: 1, units: [5] });
const input = Float32Array.from({ length: 30 * 6 }, (_, k) => Math.sin(k / 3));
const arrays = { input, shape: [30, 6, 1] as const };

// Without the arguments of this process, which resolve packages to their sources, for the worker takes what is built.
const startWorker = (file = 'training-worker.mjs') =>
  new Worker(new URL(`../../fixtures/${file}`, import.meta.url), { execArgv: [], stderr: true });
let worker: Worker;
beforeEach(() => {
  worker = startWorker();
});
afterEach(() => worker.terminate());

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startWasm({ threads: 1 });
});
afterAll(() => runtime.dispose());

describe('fitInWorker(worker, model, windows, options)', () => {
  it('gives the history and, to the bit, the weights of the same fit on this thread', async () => {
    const series = [createSeries({ id: 'wave', features: ['x'], time: [...input.keys()], values: input })];
    const scaler = fitScaler(series, { kind: 'standard' });
    const windows = { lookback: 6, stride: 2 };
    const options = { epochs: 3, batchSize: 16, seed: 4, validation: 0.2, earlyStopping: { patience: 2 } };
    const steps: StepLog[] = [];
    const epochs: number[] = [];
    const { file, ...there } = await fitInWorker(
      worker,
      { spec, seed: 3, losses: { size: 0.5 } },
      { series, spec: windows, scaler },
      { ...options, onStep: (log) => void steps.push(log), onEpoch: ({ epoch }) => void epochs.push(epoch) },
    );

    const model = createModel(spec, { seed: 3 });
    const size = ({ activations }: { activations: Record<string, Scalar> }) =>
      mul<Scalar>(sum(activations.latent!), 0.01);
    tensorsOf(model).addLoss('size', size as never, { weight: 0.5 });
    const here = await fit(model, slidingWindows(series, windows, { scaler }), options);
    const losses = ({ history }: typeof here) =>
      history.map(({ losses, validationLosses }) => [losses, validationLosses]);
    expect(losses(there)).toEqual(losses(here));
    expect(file).toEqual(await saveModel(model));
    expect(steps).toHaveLength(here.steps);
    expect(epochs).toEqual([1, 2, 3]);
    model.dispose();

    const loaded = await loadModel(file, { losses: { size } });
    expect(loaded.spec).toEqual(spec);
    loaded.dispose();
  });

  it('serves one fit after the other, windows of arrays too, and passes warnings on', async () => {
    const warnings: string[] = [];
    const options = { epochs: 1, validation: arrays, onWarning: (text: string) => void warnings.push(text) };
    const labelled = { ...arrays, label: new Uint8Array(30).fill(1) };
    const first = await fitInWorker(worker, { spec }, labelled, options);
    const second = await fitInWorker(worker, { spec }, arrays, options);
    expect(second.history[0]!.validationLoss).toBe(first.history[0]!.validationLoss);
    expect(warnings).toContainEqual(expect.stringContaining('labelled anomalous'));
  });

  it('rejects with the reason of the signal, and the worker is free for the next', async () => {
    const controller = new AbortController();
    const options = {
      epochs: 1e6,
      signal: controller.signal,
      onEpoch: () => controller.abort(new Error('enough')),
    };
    await expect(fitInWorker(worker, { spec }, arrays, options)).rejects.toThrow('enough');
    await expect(fitInWorker(worker, { spec }, arrays, options)).rejects.toThrow('enough');
    expect((await fitInWorker(worker, { spec }, arrays, { epochs: 1 })).epochs).toBe(1);
  });

  it('goes on from checkpoints in another worker, to the same file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'retrace-'));
    try {
      const options = { epochs: 4, batchSize: 7, seed: 2, earlyStopping: { patience: 3 } };
      const whole = await fitInWorker(worker, { spec }, arrays, options);
      const checkpoint = { storage: folder, everySteps: 2, resume: true };
      const controller = new AbortController();
      let steps = 0;
      const onStep = () => void (++steps === 13 && controller.abort(new Error('enough')));
      const stopped = { ...options, checkpoint, onStep, signal: controller.signal };
      await expect(fitInWorker(worker, { spec }, arrays, stopped)).rejects.toThrow('enough');
      const other = startWorker();
      const resumed = await fitInWorker(other, { spec }, arrays, { ...options, checkpoint });
      expect(resumed.file).toEqual(whole.file);
      expect(resumed.history.map(({ losses }) => losses)).toEqual(whole.history.map(({ losses }) => losses));
      await other.terminate();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('gives the errors of the worker their code and details', async () => {
    const other = { ...arrays, shape: [15, 12, 1] as const };
    await expect(fitInWorker(worker, { spec }, other, { epochs: 1 })).rejects.toMatchObject({
      code: 'RETRACE_INVALID_SHAPE',
      details: { model: { timesteps: 6, features: 1 } },
    });
    await expect(
      fitInWorker(worker, { spec, losses: { broken: 1 } }, arrays, { epochs: 1 }),
    ).rejects.toMatchObject({
      code: 'RETRACE_WORKER_FAILED',
      message: 'The worker failed: TypeError: no such thing',
    });
    await expect(fitInWorker(worker, { spec, losses: { smooth: 1 } }, arrays, { epochs: 1 })).rejects.toThrow(
      '`model.losses` must be losses that the worker gave to `serveTraining` (size, broken). Received: "smooth".',
    );
  });

  it('rejects when the worker is terminated, has no such module, or does not serve', async () => {
    const lost = { code: 'RETRACE_WORKER_LOST' };
    const options = { epochs: 1e6, onEpoch: () => void worker.terminate() };
    await expect(fitInWorker(worker, { spec }, arrays, options)).rejects.toMatchObject(lost);
    await expect(
      fitInWorker(startWorker('no-such.mjs'), { spec }, arrays, { epochs: 1 }),
    ).rejects.toMatchObject({
      ...lost,
      message: expect.stringContaining('no-such.mjs'),
    });
    const idle = new Worker('', { eval: true });
    await expect(fitInWorker(idle, { spec }, arrays, { epochs: 1 })).rejects.toMatchObject(lost);
  });
});

describe('epochsInWorker(worker, model, windows, options)', () => {
  it('yields every epoch; leaving the loop ends the training', async () => {
    const seen: number[] = [];
    for await (const { epoch } of epochsInWorker(worker, { spec }, arrays, { epochs: 1e6 })) {
      seen.push(epoch);
      if (epoch === 2) break;
    }
    expect(seen).toEqual([1, 2]);
    // A fit that still ran would hold the thread for hours.
    expect((await fitInWorker(worker, { spec }, arrays, { epochs: 1 })).epochs).toBe(1);
  });

  const windows = arrayWindows(arrays);
  it.each<[string, object, string]>([
    ['no worker', { worker: {} }, '`worker` must be a worker'],
    ['windows, which hold functions', { windows }, '`windows` must be plain data'],
    [
      'such windows to validate on',
      { options: { epochs: 1, validation: windows } },
      '`validation` must be plain data',
    ],
    ['a schedule', { options: { epochs: 1, teacherForcing: () => 1 } }, '`teacherForcing` must be a number'],
    [
      'a storage itself',
      { options: { epochs: 1, checkpoint: { storage: memoryStorage() } } },
      '`checkpoint.storage` must be a name',
    ],
    [
      'a wrong plan of checkpoints',
      { options: { epochs: 1, checkpoint: { storage: 'x', keep: 0 } } },
      '`checkpoint.keep`',
    ],
    ['what fit refuses', { options: { epochs: 0 } }, '`epochs`'],
    ['an unknown part of a model', { model: { spec, sed: 1 } }, '`seed`'],
  ])('refuses %s, at once', (_, given, message) => {
    const all = { worker, model: { spec }, windows: arrays, options: { epochs: 1 }, ...given };
    expect(() => epochsInWorker(all.worker, all.model, all.windows as never, all.options)).toThrow(message);
  });

  it('refuses what cannot be copied', async () => {
    const odd = { ...arrays, features: [(() => 'x') as unknown as string] };
    await expect(fitInWorker(worker, { spec }, odd, { epochs: 1 })).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      message: expect.stringContaining('must be plain data'),
    });
  });
});

describe('serveTraining(options)', () => {
  it.each<[string, object, string]>([
    ['the main thread', { start: async () => {} }, '`serveTraining()` must be called in a worker'],
    ['no way to start a runtime', {}, '`start` must be a function'],
    ['an unknown option', { start: async () => {}, loss: {} }, '`losses`'],
    ['a storage that is no function', { start: async () => {}, storage: memoryStorage() }, '`storage`'],
  ])('refuses %s', (_, options, message) => {
    expect(() => serveTraining(options as never)).toThrow(message);
  });
});
