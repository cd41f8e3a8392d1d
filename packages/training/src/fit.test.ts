import { tensorsOf } from '@retrace/models/tensors';
import { arrayWindows, createSeries, slidingWindows, subsetWindows, type Windows } from '@retrace/windowing';
import { memory, sum, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCpu, tinyModel, waves, weightsOf } from '../fixtures/waves.ts';
import type { StepLog } from './epoch-log.ts';
import { fit } from './fit.ts';
import type { LossWeights } from './loss-weights.ts';

beforeAll(startCpu);

const fast = { kind: 'adam', learningRate: 0.02 } as const;

function renamedWaves(): Windows {
  return { ...waves(), features: ['feature2', 'feature1'] };
}

describe('fit(model, windows, options)', () => {
  it('lowers the loss, and resolves to plain JSON that says how', async () => {
    const model = tinyModel();
    const result = await fit(model, waves(), { epochs: 20, batchSize: 5, optimizer: fast });
    expect(result).toMatchObject({ stopped: 'epochs', epochs: 20, steps: 60 });
    expect(result.history.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 20 }, (_, k) => k + 1));
    expect(result.history.at(-1)!.loss).toBeLessThan(result.history[0]!.loss / 2);
    expect(result.bestLoss).toBe(Math.min(...result.history.map(({ loss }) => loss)));
    expect(result.history[result.bestEpoch - 1]).toMatchObject({ best: true, loss: result.bestLoss });
    for (const { seconds, windowsPerSecond, gradientNorm, learningRate } of result.history) {
      expect(Math.min(seconds, windowsPerSecond, gradientNorm)).toBeGreaterThan(0);
      expect(learningRate).toBe(fast.learningRate);
    }
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    model.dispose();
  });

  it('with the same seed gives the same weights and losses to the bit, dropout included', async () => {
    const run = async (seed: number) => {
      const model = tinyModel({ dropout: 0.3 });
      const { history } = await fit(model, waves(), { epochs: 3, batchSize: 5, seed });
      const weights = weightsOf(model);
      model.dispose();
      return { losses: history.map(({ loss }) => loss), weights };
    };
    const first = await run(4);
    expect(await run(4)).toEqual(first);
    expect((await run(5)).losses).not.toEqual(first.losses);
  });

  it('averages the gradients of `accumulate` batches, as one batch of their size gives them', async () => {
    const run = async (options: object) => {
      const model = tinyModel();
      const result = await fit(model, waves(), { epochs: 3, shuffle: false, optimizer: fast, ...options });
      const weights = weightsOf(model);
      model.dispose();
      return { ...result, weights };
    };
    const [small, large] = [await run({ batchSize: 2, accumulate: 3 }), await run({ batchSize: 6 })];
    expect([small.steps, large.steps]).toEqual([6, 6]);
    for (const [name, values] of Object.entries(large.weights)) {
      // Sums of float32 in another order; Adam's first steps divide by them.
      for (const [k, value] of values.entries()) expect(small.weights[name]![k]).toBeCloseTo(value, 5);
    }
    for (const [k, { loss }] of large.history.entries()) expect(small.history[k]!.loss).toBeCloseTo(loss, 5);
    // The last step of an epoch is of the batches that are left.
    expect((await run({ batchSize: 2, accumulate: 4 })).steps).toBe(6);
  });

  it('leaves nothing behind that it accumulated, however it ends', async () => {
    const model = tinyModel();
    const before = memory().numTensors;
    const options = { epochs: 1, batchSize: 1, accumulate: 5 };
    await fit(model, waves(), options);
    const controller = new AbortController();
    let steps = 0;
    await expect(
      fit(model, waves(), {
        ...options,
        signal: controller.signal,
        onStep: () => ++steps === 1 && controller.abort(),
      }),
    ).rejects.toThrow();
    const input = waves().batch(Uint32Array.from({ length: 12 }, (_, k) => k)).input;
    const broken = arrayWindows({
      input: input.map((value, k) => (k === 36 ? 3e38 : value)),
      shape: [12, 6, 2],
    });
    await expect(fit(model, broken, { ...options, shuffle: false })).rejects.toMatchObject({
      code: 'RETRACE_NOT_FINITE',
    });
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('trains on noisy input towards the clean one, and validates on the clean', async () => {
    const model = tinyModel();
    const frozen = { kind: 'sgd', learningRate: 0 } as const;
    const options = { epochs: 2, batchSize: 12, optimizer: frozen, validation: waves() };
    const [clean] = (await fit(model, waves(), options)).history;
    const noisy = (await fit(model, waves(), { ...options, noise: { deviation: 0.5 } })).history;
    expect(noisy[0]!.loss).not.toBe(clean!.loss);
    expect(noisy[1]!.loss).not.toBe(noisy[0]!.loss);
    expect(noisy[0]!.validationLoss).toBe(clean!.validationLoss);
    model.dispose();
  });

  it('weighs features, steps and heads in the loss, in training and in validation', async () => {
    const model = tinyModel();
    const frozen = { kind: 'sgd', learningRate: 0 } as const;
    const lossOf = async (lossWeights: LossWeights) => {
      const { history } = await fit(model, waves(), {
        epochs: 1,
        optimizer: frozen,
        validation: waves(),
        lossWeights,
      });
      expect(history[0]!.validationLoss).toBeCloseTo(history[0]!.loss, 5);
      return history[0]!.loss;
    };
    const whole = await lossOf({});
    const [first, second] = [
      await lossOf({ features: { feature2: 0 } }),
      await lossOf({ features: { feature1: 0 } }),
    ];
    expect((first + second) / 2).toBeCloseTo(whole, 5);
    let sum = 0;
    for (let step = 0; step < 6; step++) {
      const only = Array.from({ length: 6 }, (_, k) => (k === step ? 2 : 0));
      sum += await lossOf({ steps: { reconstruction: only } });
    }
    expect(sum / 6).toBeCloseTo(whole, 5);
    expect(await lossOf({ heads: { reconstruction: 3 } })).toBeCloseTo(3 * whole, 4);
    model.dispose();
  });

  it('follows a schedule, by steps and by plateaus, and tells the rate', async () => {
    const model = tinyModel();
    const rates: number[] = [];
    const halved = { kind: 'step', initial: 0.01, steps: 2, factor: 0.5 } as const;
    const { history } = await fit(model, waves(), {
      epochs: 2,
      batchSize: 4,
      optimizer: { kind: 'rmsprop', learningRate: halved },
      onStep: ({ learningRate }) => rates.push(learningRate),
    });
    expect(rates).toEqual([0.01, 0.01, 0.005, 0.005, 0.0025, 0.0025]);
    expect(history.map(({ learningRate }) => learningRate)).toEqual([0.005, 0.0025]);
    // No loss falls by so much: every epoch after the first is one of a plateau.
    const plateau = { kind: 'plateau', initial: 0.01, patience: 1, factor: 0.5, minDelta: 1e6 } as const;
    const slower = await fit(model, waves(), {
      epochs: 4,
      optimizer: { kind: 'sgd', learningRate: plateau },
    });
    expect(slower.history.map(({ learningRate }) => learningRate)).toEqual([0.01, 0.01, 0.005, 0.0025]);
    model.dispose();
  });

  it.each(['sgd', 'rmsprop', 'adamax', 'nadam', 'adam'] as const)(
    'lowers the loss by %s, and leaks nothing',
    async (kind) => {
      const model = tinyModel();
      const before = memory().numTensors;
      const optimizer = { kind, learningRate: kind === 'sgd' ? 0.5 : 0.02, weightDecay: 1e-4 };
      const { history } = await fit(model, waves(), { epochs: 20, batchSize: 4, optimizer });
      expect(history.at(-1)!.loss).toBeLessThan(0.8 * history[0]!.loss);
      expect(memory().numTensors).toBe(before);
      model.dispose();
    },
  );

  it('tells each step and each epoch, in order, with the time left', async () => {
    const model = tinyModel();
    const events: string[] = [];
    const steps: StepLog[] = [];
    await fit(model, waves(12), {
      epochs: 2,
      batchSize: 5,
      onStep: (log) => {
        events.push(`${log.epoch}.${log.step}`);
        steps.push(log);
      },
      onEpoch: ({ epoch }) => events.push(`epoch ${epoch}`),
    });
    expect(events).toEqual(['1.1', '1.2', '1.3', 'epoch 1', '2.1', '2.2', '2.3', 'epoch 2']);
    expect(steps[0]).toMatchObject({ epochs: 2, steps: 3 });
    expect(steps[0]!.secondsLeft).toBeCloseTo(5 * steps[0]!.seconds, 9);
    expect(steps.at(-1)!.secondsLeft).toBe(0);
    model.dispose();
  });

  it('validates on given windows, and on a share held out of the training windows', async () => {
    const model = tinyModel();
    const given = await fit(model, waves(12), { epochs: 1, validation: waves(5) });
    expect(given.history[0]!.validationLoss).toBeGreaterThan(0);
    const held = await fit(model, waves(12), { epochs: 1, batchSize: 1, validation: 0.25 });
    expect(held.steps).toBe(9);
    expect(held.history[0]!.validationLoss).toBeGreaterThan(0);
    model.dispose();
  });

  it('validates without dropout and without changing the weights', async () => {
    const model = tinyModel({ dropout: 0.5 });
    const frozen = { kind: 'adam', learningRate: 0 } as const;
    const { history } = await fit(model, waves(), { epochs: 3, optimizer: frozen, validation: waves(5) });
    expect(new Set(history.map(({ validationLoss }) => validationLoss)).size).toBe(1);
    expect(new Set(history.map(({ loss }) => loss)).size).toBe(3);
    model.dispose();
  });

  it('stops early and leaves the weights of the best epoch', async () => {
    const windows = waves();
    const model = tinyModel();
    // At this rate Adam leaves the minimum as fast as it finds it.
    const options = {
      epochs: 200,
      optimizer: { kind: 'adam', learningRate: 0.5 } as const,
      validation: waves(7),
    };
    const result = await fit(model, windows, { ...options, earlyStopping: { patience: 3 } });
    expect(result.stopped).toBe('early');
    expect(result.epochs).toBe(result.bestEpoch + 3);
    const restored = weightsOf(model);
    model.dispose();

    const again = tinyModel();
    await fit(again, windows, { ...options, epochs: result.bestEpoch });
    expect(restored).toEqual(weightsOf(again));
    again.dispose();
  });

  it('adds the losses of the model by their weight', async () => {
    const frozen = { epochs: 1, batchSize: 5, optimizer: { kind: 'adam', learningRate: 0 } } as const;
    const model = tinyModel();
    const bare = await fit(model, waves(), frozen);
    tensorsOf(model).addLoss('latent', ({ activations }) => sum(activations.latent!), { weight: 3 });
    const latent = await model.encode(waves().batch(Uint32Array.from({ length: 12 }, (_, k) => k)));
    // Windows 0–4, 5–9 and 10–11 in batches, each batch's sum counted by its windows.
    const { history } = await fit(model, waves(), { ...frozen, shuffle: false });
    const sums = Array.from({ length: 12 }, (_, k) => latent.slice(4 * k, 4 * k + 4).reduce((a, b) => a + b));
    const batchSum = (from: number, to: number) => (to - from) * sums.slice(from, to).reduce((a, b) => a + b);
    const added = (batchSum(0, 5) + batchSum(5, 10) + batchSum(10, 12)) / 12;
    expect(history[0]!.loss).toBeCloseTo(bare.history[0]!.loss + 3 * added, 5);
    model.dispose();
  });

  it('changes neither the windows nor the options', async () => {
    const input = Float32Array.from({ length: 48 }, (_, k) => Math.cos(k));
    const copy = input.slice();
    const model = tinyModel();
    const options = Object.freeze({ epochs: 2, batchSize: 3, optimizer: Object.freeze({ ...fast }) });
    await fit(model, arrayWindows({ input, shape: [4, 6, 2] }), options);
    expect(input).toEqual(copy);
    model.dispose();
  });

  it('pays no regard to the value of missing cells', async () => {
    const rows = 30;
    const values = Float64Array.from({ length: rows * 2 }, (_, k) => Math.sin(k / 3));
    const observed = new Uint8Array(rows * 2).fill(1);
    for (const k of [7, 20, 41]) {
      observed[k] = 0;
      values[k] = Number.NaN;
    }
    const time = Float64Array.from({ length: rows }, (_, k) => k);
    const series = createSeries({ id: 'pump', features: ['flow', 'current'], time, values, observed });
    const model = tinyModel();
    const { history } = await fit(model, slidingWindows([series], { lookback: 6 }), { epochs: 2 });
    expect(history.every(({ loss }) => loss > 0 && Number.isFinite(loss))).toBe(true);
    model.dispose();
  });

  it('warns of windows labelled anomalous, once', async () => {
    const model = tinyModel();
    const warnings: string[] = [];
    const label = Float32Array.from({ length: 12 }, (_, k) => (k < 3 ? 1 : 0));
    const input = waves().batch(Uint32Array.from({ length: 12 }, (_, k) => k)).input;
    const windows = arrayWindows({ input, shape: [12, 6, 2], label });
    await fit(model, windows, { epochs: 2, batchSize: 5, onWarning: (message) => warnings.push(message) });
    expect(warnings.filter((text) => text.includes('labelled'))).toEqual([
      expect.stringMatching(/^3 of the 12 training windows/),
    ]);
    model.dispose();
  });

  it('lets timers run while it trains', async () => {
    const model = tinyModel();
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    const { seconds } = await fit(model, waves(), { epochs: 25 });
    clearInterval(timer);
    // A turn every 30 ms and a step; half of that leaves room for a busy machine.
    expect(turns).toBeGreaterThan(seconds * 10);
    model.dispose();
  });

  it('may be called within a tidy of the caller', async () => {
    const model = tinyModel();
    let promise: Promise<unknown> | undefined;
    tidy(() => {
      promise = fit(model, waves(), { epochs: 2 });
    });
    await expect(promise).resolves.toMatchObject({ epochs: 2 });
    model.dispose();
  });

  it.each([
    ['RETRACE_INVALID_ARGUMENT', 'model', { model: {} }],
    ['RETRACE_INVALID_ARGUMENT', 'windows', { windows: [] }],
    ['RETRACE_TOO_FEW_WINDOWS', 'no window', { windows: subsetWindows(waves(), []) }],
    [
      'RETRACE_TOO_FEW_WINDOWS',
      'validation',
      { options: { epochs: 1, validation: subsetWindows(waves(), []) } },
    ],
    ['RETRACE_TOO_FEW_WINDOWS', '0.01', { options: { epochs: 1, validation: 0.01 } }],
    [
      'RETRACE_INVALID_ARGUMENT',
      'feature1, feature2',
      { options: { epochs: 1, validation: renamedWaves() } },
    ],
    [
      'RETRACE_INVALID_SHAPE',
      '6 timesteps',
      { windows: arrayWindows({ input: new Float32Array(14), shape: [1, 7, 2] }) },
    ],
    [
      'RETRACE_INVALID_SHAPE',
      'feature1, feature2, feature3',
      { windows: arrayWindows({ input: new Float32Array(18), shape: [1, 6, 3] }) },
    ],
    ['RETRACE_INVALID_ARGUMENT', 'epoch', { options: { epoch: 1 } }],
  ])(
    'refuses with %s and names %s',
    async (code, name, {
      model = tinyModel(),
      windows = waves(),
      options = { epochs: 1 },
    }: object & { model?: unknown; windows?: unknown; options?: unknown }) => {
      const refused = fit(...([model, windows, options] as unknown as Parameters<typeof fit>));
      await expect(refused).rejects.toMatchObject({ code, message: expect.stringContaining(name) });
    },
  );
});
