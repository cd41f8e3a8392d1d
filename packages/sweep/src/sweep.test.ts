import { Worker } from 'node:worker_threads';
import { loadDetector } from '@retrace/detector';
import { startWasm } from '@retrace/runtime-wasm';
import { readSealedSafetensors, writeSealedSafetensors } from '@retrace/safetensors';
import { memoryStorage, type Storage } from '@retrace/storage';
import { blockedFolds } from '@retrace/windowing';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { base, data, diverging } from '../fixtures/waves.ts';
import {
  type FinishedTrial,
  gridOf,
  type SweepOptions,
  type SweepResult,
  sweep,
  type Trial,
  type TrialConfig,
  trainOne,
} from './index.ts';

beforeAll(() => startWasm({ threads: 1 }));

// Without the arguments of this process, which resolve packages to their sources, for the worker takes what is built.
const start = () =>
  new Worker(new URL('../fixtures/trial-worker.mjs', import.meta.url), { execArgv: [], stderr: true });
const configs = gridOf(base, { 'windows.lookback': [4, 6], 'model.units': [[1], [3]] });

/** What must not depend on where, when and how quickly a sweep runs. */
function timeless({ trials, best }: SweepResult): object {
  const plain = (trial: Trial): object => {
    if (trial.error) return trial;
    const { seconds: _, ...metrics } = trial.metrics;
    const fits = trial.fits.map(({ metrics: { seconds: _, ...rest }, history, ...fit }) => ({
      ...fit,
      rest,
      losses: history.map(({ loss, validationLoss }) => [loss, validationLoss]),
    }));
    return { config: trial.config, metrics, fits, files: trial.files.map((file) => [...file]) };
  };
  return { trials: trials.map(plain), best: best && plain(best) };
}

const finished = (trial: Trial | undefined): FinishedTrial => {
  expect(trial?.error).toBeUndefined();
  return trial as FinishedTrial;
};

describe('sweep(configs, data, options)', () => {
  it('ranks by the validation loss, the lowest first, and tells of each trial as it ends', async () => {
    const told: [TrialConfig, number, number][] = [];
    const { trials, best } = await sweep(configs, data, {
      onTrial: ({ config }, { done, total }) => void told.push([config, done, total]),
    });
    const losses = trials.map((trial) => finished(trial).metrics.loss.mean);
    expect(losses).toEqual(losses.toSorted((a, b) => a - b));
    expect(best).toBe(trials[0]);
    expect(told).toEqual(configs.map((config, k) => [config, k + 1, 4]));
    const alone = await trainOne(best!.config, data);
    expect(best!.files).toEqual([alone.file]);
    expect(best!.metrics.loss).toEqual({ mean: alone.metrics.loss, spread: null });
  });

  it('trains with every seed on every block of rows, and gives means and spreads over them', async () => {
    const folds = blockedFolds(data.train, { folds: 3 });
    const expected = [];
    for (const seed of [7, 8])
      for (const { train, test } of folds)
        expected.push(await trainOne({ ...base, seed }, { ...data, train, validation: test }));
    const { best } = await sweep([{ ...base, seed: 7 }], data, { folds: 3, seeds: 2 });
    expect(best!.files).toEqual(expected.map(({ file }) => file));
    expect(best!.fits.map(({ seed, fold }) => [seed, fold])).toEqual([
      [7, 1],
      [7, 2],
      [7, 3],
      [8, 1],
      [8, 2],
      [8, 3],
    ]);
    const losses = expected.map(({ metrics }) => metrics.loss);
    const mean = losses.reduce((sum, loss) => sum + loss) / 6;
    const spread = Math.sqrt(losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / 5);
    expect(best!.metrics.loss.mean).toBeCloseTo(mean, 12);
    expect(best!.metrics.loss.spread).toBeCloseTo(spread, 12);
  });

  it('ranks by a metric on labelled rows, the highest first', async () => {
    const { trials } = await sweep(configs, data, { metric: 'averagePrecision' });
    const precisions = trials.map((trial) => finished(trial).metrics.averagePrecision!.mean);
    expect(precisions).toEqual(precisions.toSorted((a, b) => b - a));
    expect(new Set(precisions).size).toBeGreaterThan(1);
  });

  it('gives the same, to the bit, on this thread, in workers and resumed from half', async () => {
    const options: SweepOptions = { folds: 2, seeds: 2 };
    const here = timeless(await sweep(configs, data, options));
    expect(timeless(await sweep(configs, data, { ...options, workers: { start, count: 2 } }))).toEqual(here);

    const storage = memoryStorage();
    const controller = new AbortController();
    const halfway = sweep(configs, data, {
      ...options,
      storage,
      signal: controller.signal,
      onTrial: (_, { done }) => void (done === 2 && controller.abort(new Error('enough'))),
    });
    await expect(halfway).rejects.toThrow('enough');
    expect(await storage.list()).toHaveLength(8);
    let written = 0;
    const counting: Storage = {
      ...storage,
      write(name, bytes) {
        written++;
        return storage.write(name, bytes);
      },
    };
    const resumed = await sweep(configs, data, { ...options, storage: counting, resume: true });
    expect(timeless(resumed)).toEqual(here);
    expect(written).toBe(8);
  });

  it('goes on with other configurations of the same rows and folds, whatever the order of their keys', async () => {
    const storage = memoryStorage();
    const turned = configs.slice(0, 2).map((config) => Object.fromEntries(Object.entries(config).reverse()));
    await sweep(turned as never, data, { storage });
    await sweep(configs, data, { storage, resume: true });
    expect(await storage.list()).toEqual([1, 2, 3, 4].map((k) => `fit-00000${k}.safetensors`));
  });

  it('takes a trial that diverges for a row with its error, last, and trains no more folds of it', async () => {
    const storage = memoryStorage();
    const before = memory().numTensors;
    const { trials, best } = await sweep([diverging, base], data, { folds: 2, storage });
    expect(trials.map(({ config }) => config)).toEqual([base, diverging]);
    expect(trials[1]!.error).toMatchObject({
      code: 'RETRACE_NOT_FINITE',
      details: { cause: 'divergence' },
    });
    expect(best!.config).toBe(base);
    expect(await storage.list()).toHaveLength(2);
    expect(memory().numTensors).toBe(before);
    const { best: none, trials: rows } = await sweep([diverging], data);
    expect([none, rows.length]).toEqual([undefined, 1]);
    JSON.stringify(rows);
  });

  it('passes warnings on, from workers too, with what sets their trial apart', async () => {
    const warned = configs.slice(0, 2).map((config) => ({ ...config, threshold: { q: 0.9999 } }));
    const there: string[] = [];
    const here: string[] = [];
    await sweep(warned, data, { workers: { start }, onWarning: (text) => void there.push(text) });
    await sweep(warned, data, { onWarning: (text) => void here.push(text) });
    expect(there).toEqual(here);
    for (const units of [1, 3])
      expect(here).toContainEqual(
        expect.stringMatching(`^Trial of units ${units}: .* calibration scores are too few`),
      );
  });

  it('takes a lookback beyond the rows for a row with its error too', async () => {
    const { trials } = await sweep([{ ...base, windows: { lookback: 500 } }], data);
    expect(trials[0]!.error!.code).toBe('RETRACE_TOO_FEW_WINDOWS');
  });

  it('loses the trial of a worker that dies, and goes on with another', async () => {
    let started = 0;
    const counted = () => {
      started++;
      return start();
    };
    const doomed = { ...base, seed: 13 };
    const { trials } = await sweep([doomed, ...configs], data, { folds: 2, workers: { start: counted } });
    // Not a third: the second fold of the lost trial is left out.
    expect(started).toBe(2);
    expect(trials.at(-1)).toEqual({
      config: doomed,
      error: expect.objectContaining({ code: 'RETRACE_WORKER_LOST' }),
    });
    for (const trial of trials.slice(0, -1)) finished(trial);
  });

  it('takes whatever else goes wrong for a row with its error', async () => {
    const workers = {
      start: () => {
        throw new TypeError('no threads here');
      },
    };
    const { trials } = await sweep([base], data, { workers });
    expect(trials[0]!.error).toEqual({
      code: 'RETRACE_TRIAL_FAILED',
      message: 'The trial failed: TypeError: no threads here',
      details: {},
    });
  });

  it('ends within workers when aborted, at once and later, and leaves no worker', async () => {
    const running = new Set<Worker>();
    const counted = () => {
      const worker = start();
      running.add(worker);
      return worker.once('exit', () => running.delete(worker));
    };
    const long = configs.map((config) => ({ ...config, fit: { ...config.fit, epochs: 1e6 } }));
    const controller = new AbortController();
    const told: Trial[] = [];
    const options: SweepOptions = {
      workers: { start: counted, count: 2 },
      signal: controller.signal,
      onTrial: (trial) => void told.push(trial),
    };
    setTimeout(() => controller.abort(new Error('enough')), 1000);
    await expect(sweep(long, data, options)).rejects.toThrow('enough');
    expect([running.size, told]).toEqual([0, []]);
    await expect(sweep(long, data, options)).rejects.toThrow('enough');
  });

  it('rejects where a finished fit cannot be kept', async () => {
    const storage = memoryStorage();
    const full = { ...storage, write: () => Promise.reject(new Error('no space')) };
    await expect(sweep(configs, data, { storage: full })).rejects.toThrow('no space');
    // The lock is free again.
    await sweep([base], data, { storage });
  });

  it('refuses the fits of other rows or folds, those it is not to resume, and a storage in use', async () => {
    const storage = memoryStorage();
    await sweep([base], data, { storage });
    await expect(sweep([base], data, { storage })).rejects.toMatchObject({ code: 'RETRACE_SWEEP_EXISTS' });
    const resume = { storage, resume: true };
    await expect(sweep([base], data, { ...resume, folds: 2 })).rejects.toMatchObject({
      code: 'RETRACE_SWEEP_MISMATCH',
      details: { differing: ['folds'] },
    });
    const values = data.test![0]!.values.with(3, 9);
    const test = [{ ...data.test![0]!, values }, data.test![1]!];
    await expect(sweep([base], { ...data, test }, resume)).rejects.toMatchObject({
      code: 'RETRACE_SWEEP_MISMATCH',
      details: { differing: ['data'] },
    });
    const lock = await storage.lock();
    await expect(sweep([base], data, resume)).rejects.toMatchObject({ code: 'RETRACE_STORAGE_LOCKED' });
    await lock.release();
  });

  it('trains a damaged fit again, in its place, and says so', async () => {
    const storage = memoryStorage();
    const whole = timeless(await sweep(configs, data, { storage }));
    const name = 'fit-000002.safetensors';
    const bytes = (await storage.read(name))!;
    await storage.write(name, bytes.with(bytes.length - 9, bytes.at(-9)! ^ 1));
    await storage.write('fit-000003.safetensors', new TextEncoder().encode('not a fit'));
    const [model] = finished((await sweep([base], data)).best).files;
    await storage.write('fit-000004.safetensors', model!);
    const warnings: string[] = [];
    const onWarning = (text: string) => void warnings.push(text);
    expect(timeless(await sweep(configs, data, { storage, resume: true, onWarning }))).toEqual(whole);
    expect(warnings.filter((text) => text.startsWith('fit-'))).toEqual(
      [2, 3, 4].map((k) =>
        expect.stringMatching(`^fit-00000${k}.safetensors: The fit is damaged: .* trained again`),
      ),
    );
    expect(await storage.list()).toHaveLength(4);
  });

  it('refuses the fits of a later release', async () => {
    const storage = memoryStorage();
    await sweep([base], data, { storage });
    const name = 'fit-000001.safetensors';
    const { tensors, metadata } = readSealedSafetensors((await storage.read(name))!);
    const later = metadata['retrace.fit']!.replace('"version":1', '"version":2');
    await storage.write(name, writeSealedSafetensors({ tensors, metadata: { 'retrace.fit': later } }));
    await expect(sweep([base], data, { storage, resume: true })).rejects.toMatchObject({
      code: 'RETRACE_UNSUPPORTED_VERSION',
    });
  });

  it('keeps what loadDetector reads', async () => {
    const { best } = await sweep([base], data, { seeds: 2 });
    for (const file of best!.files) {
      const detector = await loadDetector(file);
      expect(detector.features).toEqual(['x']);
      detector.dispose();
    }
  });

  const unlabelled = { ...data, test: data.test!.map(({ labels: _, ...series }) => series) };
  it.each<[string, unknown, unknown, object, string]>([
    ['no configuration', [], data, {}, '`configs` must be an array of at least one'],
    ['a wrong one', [base, { ...base, seed: 0.5 }], data, {}, 'In `configs[1]`: `seed`'],
    ['a wrong fit', [base, { ...base, fit: { epochs: 0 } }], data, {}, 'In `configs[1]`: `epochs`'],
    ['a wrong scaler', [base, { ...base, scaler: { kind: 'max' } }], data, {}, 'In `configs[1]`: `kind`'],
    ['a wrong scorer', [base, { ...base, scorer: { kind: 'max' } }], data, {}, 'In `configs[1]`: `kind`'],
    ['a wrong threshold', [base, { ...base, threshold: { q: 2 } }], data, {}, 'In `configs[1]`: `q`'],
    ['one twice', [base, { ...base }], data, {}, '`configs[1]` must be another than `configs[0]`'],
    ['wrong data', [base], {}, {}, '`data.train`'],
    ['one fold', [base], data, { folds: 1 }, '`folds`'],
    [
      'folds of rows that are to validate',
      [base],
      { ...data, validation: [] },
      { folds: 2 },
      '`data.validation`',
    ],
    ['no seed', [base], data, { seeds: 0 }, '`seeds`'],
    ['an unknown metric', [base], data, { metric: 'f1' }, '`metric`'],
    ['a metric without labels', [base], unlabelled, { metric: 'rocAuc' }, "`metric` must be 'loss'"],
    ['no storage', [base], data, { storage: 'folder' }, '`storage`'],
    ['to resume nothing', [base], data, { resume: true }, '`resume`'],
    ['half a resume', [base], data, { resume: 1 }, '`resume` must be true or false'],
    ['a number of workers', [base], data, { workers: { count: 2 } }, '`workers.start`'],
    ['no workers', [base], data, { workers: { start, count: 0 } }, '`workers.count`'],
    ['no function', [base], data, { onTrial: 1 }, '`onTrial`'],
    ['no signal', [base], data, { signal: new AbortController() }, '`signal`'],
    ['a misspelt option', [base], data, { fold: 3 }, 'Did you mean `folds`?'],
  ])('refuses %s', async (_, wrong, rows, options, message) => {
    await expect(sweep(wrong as never, rows as never, options)).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      message: expect.stringContaining(message),
    });
  });
});
