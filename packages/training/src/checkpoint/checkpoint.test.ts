import { memoryStorage, type Storage } from '@retrace/storage';
import { arrayWindows } from '@retrace/windowing';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCpu, tinyModel, waves, weightsOf } from '../../fixtures/waves.ts';
import { epochsOf } from '../epochs-of.ts';
import { fit } from '../fit.ts';
import type { FitOptions } from '../fit-options.ts';
import { initialLearningRateState } from '../optimizer/learning-rate.ts';
import { packCheckpoint, unpackCheckpoint } from './checkpoint-file.ts';
import type { CheckpointOptions } from './checkpoint-options.ts';
import { noProgress } from './training-state.ts';

beforeAll(startCpu);

/** Shuffled, with dropout, noise, a plateau and early stopping: all that a fit remembers. 6 steps an epoch. */
const options: FitOptions = {
  epochs: 10,
  batchSize: 2,
  optimizer: { kind: 'nadam', learningRate: { kind: 'plateau', initial: 0.05, patience: 1, factor: 0.5 } },
  noise: { deviation: 0.05 },
  validation: waves(5),
  earlyStopping: { patience: 9 },
  seed: 5,
};

interface Run {
  readonly weights: Record<string, Float32Array>;
  readonly history: object[];
  readonly bestEpoch: number;
}

async function run(more: Partial<FitOptions>, of: FitOptions = options): Promise<Run> {
  const model = tinyModel({ dropout: 0.3 });
  try {
    const { history, bestEpoch } = await fit(model, waves(12), { ...of, ...more });
    return { weights: weightsOf(model), history: history.map(timeless), bestEpoch };
  } finally {
    model.dispose();
  }
}

function timeless<T extends object>(log: T): object {
  return { ...log, seconds: 0, windowsPerSecond: 0 };
}

/** A storage with one content of another. */
async function copyOf(storage: Storage, ...names: string[]): Promise<Storage> {
  const copy = memoryStorage();
  for (const name of names) await copy.write(name, (await storage.read(name))!);
  return copy;
}

describe('fit, with checkpoints', () => {
  it('goes on from any step to the same weights and history, to the bit: 60 of 60', async () => {
    const whole = await run({});
    const storage = memoryStorage();
    expect(await run({ checkpoint: { storage, everySteps: 1, keep: 1000 } })).toEqual(whole);
    const names = await storage.list();
    expect(names).toHaveLength(60);
    for (const name of names) {
      const checkpoint = { storage: await copyOf(storage, name), resume: true };
      expect(await run({ checkpoint }), name).toEqual(whole);
    }
  });

  it('goes on with accumulated gradients, between the steps', async () => {
    const accumulated = { ...options, accumulate: 4 };
    const whole = await run({}, accumulated);
    const storage = memoryStorage();
    await run({ checkpoint: { storage, everySteps: 1, keep: 1000 } }, accumulated);
    const names = await storage.list();
    expect(names).toHaveLength(20);
    for (const name of names) {
      expect(
        await run({ checkpoint: { storage: await copyOf(storage, name), resume: true } }, accumulated),
      ).toEqual(whole);
    }
  });

  it('writes a last checkpoint when it is aborted, from which it goes on', async () => {
    const whole = await run({});
    for (const at of [1, 4, 6, 17, 59]) {
      const storage = memoryStorage();
      const controller = new AbortController();
      let steps = 0;
      const onStep = () => {
        if (++steps === at) controller.abort(new Error('enough'));
      };
      await expect(run({ checkpoint: { storage }, signal: controller.signal, onStep })).rejects.toThrow(
        'enough',
      );
      expect(await storage.list()).toContain(`checkpoint-${String(at).padStart(12, '0')}.safetensors`);
      expect(await run({ checkpoint: { storage, resume: true } })).toEqual(whole);
    }
  });

  it('trains on for more epochs than it was first asked for', async () => {
    const storage = memoryStorage();
    const long = { ...options, earlyStopping: false } as const;
    const whole = await run({}, long);
    await run({ epochs: 4, checkpoint: { storage } }, long);
    expect(await run({ checkpoint: { storage, resume: true } }, long)).toEqual(whole);
    const told: number[] = [];
    expect(
      await run({ checkpoint: { storage, resume: true }, onStep: ({ step }) => told.push(step) }, long),
    ).toEqual(whole);
    expect(told).toEqual([]);
  });

  it('begins where there is nothing to resume', async () => {
    expect(await run({ checkpoint: { storage: memoryStorage(), resume: true } })).toEqual(await run({}));
  });

  it('keeps the newest and that of the best epoch, and touches nothing else', async () => {
    const storage = memoryStorage();
    await storage.write('notes.txt', new TextEncoder().encode('mine'));
    await storage.write('checkpoint-1.safetensors', new Uint8Array(1));
    const earlyStopping = { patience: 20, minDelta: 1e9 };
    const { bestEpoch } = await run({ earlyStopping, checkpoint: { storage, everySteps: 1, keep: 2 } });
    expect(bestEpoch).toBe(1);
    const name = (updates: number) => `checkpoint-${String(updates).padStart(12, '0')}.safetensors`;
    expect(await storage.list()).toEqual(
      [name(6), name(59), name(60), 'checkpoint-1.safetensors', 'notes.txt'].sort(),
    );
  });

  it('falls back to the checkpoint before a damaged one, and says so', async () => {
    const whole = await run({});
    const storage = memoryStorage();
    await run({ checkpoint: { storage } });
    const newest = (await storage.list()).at(-1)!;
    const bytes = (await storage.read(newest))!;
    await storage.write(newest, bytes.subarray(0, bytes.length - 1));
    const warnings: string[] = [];
    const onWarning = (message: string) => warnings.push(message);
    expect(await run({ checkpoint: { storage, resume: true }, onWarning })).toEqual(whole);
    expect(warnings).toEqual([expect.stringContaining(`${newest}: The checkpoint is damaged`)]);
    for (const name of await storage.list()) await storage.write(name, new Uint8Array(9));
    await expect(run({ checkpoint: { storage, resume: true } })).rejects.toMatchObject({
      code: 'RETRACE_CHECKPOINT_DAMAGED',
    });
  });

  it('refuses a storage with checkpoints that it is not to resume (`RETRACE_CHECKPOINT_EXISTS`)', async () => {
    const storage = memoryStorage();
    await run({ epochs: 1, checkpoint: { storage } });
    await expect(run({ checkpoint: { storage } })).rejects.toMatchObject({
      code: 'RETRACE_CHECKPOINT_EXISTS',
    });
  });

  it.each<[string, Partial<FitOptions>]>([
    ['seed', { seed: 6 }],
    ['optimizer', { optimizer: { kind: 'adam' } }],
    ['validation', { validation: waves(6) }],
    ['noise', { noise: { drop: 0.1 } }],
    ['lossWeights', { lossWeights: { steps: { reconstruction: Float32Array.of(1, 1, 1, 1, 1, 0) } } }],
    ['teacherForcing', { teacherForcing: 0.5 }],
  ])('refuses to go on with another `%s` (`RETRACE_CHECKPOINT_MISMATCH`)', async (name, changed) => {
    const storage = memoryStorage();
    await run({ epochs: 1, checkpoint: { storage } });
    await expect(run({ ...changed, checkpoint: { storage, resume: true } })).rejects.toMatchObject({
      code: 'RETRACE_CHECKPOINT_MISMATCH',
      details: { differing: [name] },
    });
  });

  it('refuses to go on with other windows, or another model', async () => {
    const storage = memoryStorage();
    await run({ epochs: 1, checkpoint: { storage } });
    const { input } = waves(12).batch(Array.from({ length: 12 }, (_, k) => k));
    const other = arrayWindows({ input: input.with(-1, 0.123), shape: [12, 6, 2] });
    for (const [windows, dropout] of [
      [other, 0.3],
      [waves(12), 0.2],
    ] as const) {
      const model = tinyModel({ dropout });
      await expect(
        fit(model, windows, { ...options, checkpoint: { storage, resume: true } }),
      ).rejects.toMatchObject({
        code: 'RETRACE_CHECKPOINT_MISMATCH',
        details: { differing: [windows === other ? 'windows' : 'model'] },
      });
      model.dispose();
    }
  });

  it('lets no other fit write to the storage meanwhile, and lets it go however it ends', async () => {
    const storage = memoryStorage();
    const [first, second] = [tinyModel(), tinyModel()];
    const epochs = epochsOf(first, waves(12), { epochs: 3, checkpoint: { storage } });
    await epochs.next();
    await expect(
      fit(second, waves(12), { epochs: 3, checkpoint: { storage, resume: true } }),
    ).rejects.toMatchObject({
      code: 'RETRACE_STORAGE_LOCKED',
    });
    await epochs.return(undefined as never);
    await fit(second, waves(12), { epochs: 1, checkpoint: { storage, resume: true } });
    await expect(fit(second, waves(12), { epochs: 1, checkpoint: { storage } })).rejects.toMatchObject({
      code: 'RETRACE_CHECKPOINT_EXISTS',
    });
    await (await storage.lock()).release();
    for (const model of [first, second]) model.dispose();
  });

  it('rejects when a checkpoint cannot be written, and leaves no tensor behind', async () => {
    const model = tinyModel();
    const before = memory().numTensors;
    const full = { ...memoryStorage(), write: () => Promise.reject(new Error('no space')) };
    await expect(fit(model, waves(12), { epochs: 2, checkpoint: { storage: full } })).rejects.toThrow(
      'no space',
    );
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it.each([
    ['checkpoint', { folder: 'x' }],
    ['checkpoint.storage', { storage: '/tmp' }],
    ['checkpoint.everySteps', { storage: memoryStorage(), everySteps: 0 }],
    ['checkpoint.keep', { storage: memoryStorage(), keep: 0 }],
    ['checkpoint.resume', { storage: memoryStorage(), resume: 'yes' }],
  ])('refuses a wrong `%s`', async (argument, checkpoint) => {
    await expect(run({ checkpoint: checkpoint as CheckpointOptions })).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      details: { argument },
    });
  });
});

describe('unpackCheckpoint', () => {
  const state = {
    epoch: 2,
    progress: noProgress,
    history: [],
    seconds: 1.5,
    best: { epoch: 0, loss: null },
    learningRate: initialLearningRateState,
    spread: null,
    weights: new Map([['encoder/0/kernel', Float32Array.of(1, -2.5, 3)]]),
    bestWeights: new Map([['encoder/0/kernel', Float32Array.of(4, 5, 6)]]),
    slots: new Map([
      ['encoder/0/kernel', { first: Float32Array.of(7, 8, 9), second: Float32Array.of(0, 1, 2) }],
    ]),
  };
  const bytes = packCheckpoint(state, 'of a test');

  it('reads back what was packed', () => {
    expect(unpackCheckpoint(bytes)).toEqual({ state, identity: 'of a test' });
  });

  it('detects every truncation, every flip of a bit of the header, and 10,000 of the data', () => {
    const damaged = expect.objectContaining({ code: 'RETRACE_CHECKPOINT_DAMAGED' });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => unpackCheckpoint(bytes.subarray(0, length))).toThrowError(damaged);
    }
    const header = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const copy = bytes.slice();
    const flip = (bit: number) => {
      copy[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => unpackCheckpoint(copy), `bit ${bit}`).toThrowError(damaged);
      copy[bit >> 3]! ^= 1 << (bit & 7);
    };
    for (let bit = 0; bit < 8 * header; bit++) flip(bit);
    const ofData = 8 * (bytes.length - header);
    for (let k = 0; k < 10_000; k++) flip(8 * header + ((k * 7919) % ofData));
    expect(unpackCheckpoint(copy).state).toEqual(state);
  });

  it('refuses a checkpoint of a later version', () => {
    const text = new TextDecoder('latin1').decode(bytes);
    expect(text).toContain('retrace-checkpoint');
    const later = packCheckpoint({ ...state, version: 2 } as typeof state, 'of a test');
    expect(() => unpackCheckpoint(later)).toThrowError(
      expect.objectContaining({ code: 'RETRACE_UNSUPPORTED_VERSION' }),
    );
  });
});
