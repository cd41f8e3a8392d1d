import { startWasm } from '@retrace/runtime-wasm';
import { memoryStorage } from '@retrace/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyModel, waves, weightsOf } from '../fixtures/waves.ts';
import { fit } from './fit.ts';
import type { FitOptions } from './fit-options.ts';

const options: FitOptions = {
  epochs: 10,
  batchSize: 2,
  optimizer: { kind: 'adam', learningRate: { kind: 'cosine', initial: 0.05, steps: 60, warmup: 5 } },
  clipNorm: 1,
  noise: { deviation: 0.05 },
  validation: waves(5),
  earlyStopping: { patience: 9 },
  seed: 5,
};

async function run(more: Partial<FitOptions> = {}): Promise<object> {
  const model = tinyModel({ dropout: 0.3 });
  try {
    const { history, bestEpoch } = await fit(model, waves(12), { ...options, ...more });
    const timeless = history.map((log) => ({ ...log, seconds: 0, windowsPerSecond: 0 }));
    return { weights: weightsOf(model), history: timeless, bestEpoch };
  } finally {
    model.dispose();
  }
}

describe.each([1, 2])('fit on WebAssembly, %i threads', (threads) => {
  let runtime: Awaited<ReturnType<typeof startWasm>>;
  beforeAll(async () => {
    runtime = await startWasm({ threads });
  });
  afterAll(() => runtime.dispose());

  it('gives the same weights and history in ten runs, to the bit', async () => {
    const first = await run();
    for (let k = 1; k < 10; k++) expect(await run()).toEqual(first);
  });

  it('goes on from any of 60 steps to the same weights and history, to the bit', async () => {
    const whole = await run();
    const storage = memoryStorage();
    await run({ checkpoint: { storage, everySteps: 1, keep: 1000 } });
    const names = await storage.list();
    expect(names).toHaveLength(60);
    for (const name of names) {
      const copy = memoryStorage();
      await copy.write(name, (await storage.read(name))!);
      expect(await run({ checkpoint: { storage: copy, resume: true } }), name).toEqual(whole);
    }
  });
});
