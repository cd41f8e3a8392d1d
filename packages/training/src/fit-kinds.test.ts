import {
  classifier,
  composite,
  createModel,
  encoderOf,
  latentTarget,
  predict,
  reconstruct,
  sequence,
} from '@retrace/models';
import { tensorsOf } from '@retrace/models/tensors';
import { startWasm } from '@retrace/runtime-wasm';
import { arrayWindows, createSeries, slidingWindows } from '@retrace/windowing';
import { abs, mean, memory, square } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fit } from './index.ts';

const shape = { timesteps: 4, features: 1, units: [3] };
const wave = (length: number) => Float32Array.from({ length }, (_, k) => Math.sin(k));
const plain = arrayWindows({ input: wave(48), shape: [12, 4, 1] });
const withTarget = arrayWindows({ input: wave(48), shape: [12, 4, 1], target: wave(24) });
const label = Array.from({ length: 12 }, (_, k) => k % 3);
const labelled = arrayWindows({ input: wave(48), shape: [12, 4, 1], label });
const once = { epochs: 1, batchSize: 4 };

beforeAll(async () => {
  await startWasm();
});

describe('the history', () => {
  it('has every term of the loss by its name, before its weight', async () => {
    const spec = composite({ ...shape, horizon: 2, weights: { reconstruction: 2, prediction: 0.5 } });
    const model = createModel(spec);
    tensorsOf(model).addLoss('sparse', ({ activations }) => mean(abs(activations.latent!)), { weight: 0.1 });
    const { history } = await fit(model, withTarget, { ...once, validation: 0.25 });
    const { loss, losses, validationLoss, validationLosses } = history[0]!;
    expect(Object.keys(losses)).toEqual(['reconstruction', 'prediction', 'sparse']);
    for (const [sum, terms] of [
      [loss, losses],
      [validationLoss!, validationLosses!],
    ] as const) {
      expect(2 * terms.reconstruction! + 0.5 * terms.prediction! + 0.1 * terms.sparse!).toBeCloseTo(sum, 10);
    }
    model.dispose();
  });
});

describe('added losses', () => {
  it('alone train a model without targets', async () => {
    const autoencoder = createModel(reconstruct(shape), { seed: 1 });
    const model = encoderOf(autoencoder);
    autoencoder.dispose();
    await expect(fit(model, plain, once)).rejects.toMatchObject({ code: 'RETRACE_NOTHING_TO_TRAIN' });
    tensorsOf(model).addLoss('small', ({ activations }) => mean(square(activations.latent!)));
    const { history } = await fit(model, plain, {
      epochs: 20,
      optimizer: { kind: 'adam', learningRate: 0.05 },
    });
    expect(history.at(-1)!.losses.small).toBeLessThan(0.1 * history[0]!.losses.small!);
    model.dispose();
  });

  it('see input, target, outputs and activations', async () => {
    const model = createModel(predict({ ...shape, horizon: 2 }));
    const seen: string[] = [];
    tensorsOf(model).addLoss('probe', ({ input, target, outputs, activations }) => {
      seen.push(String([input.shape, target!.shape, Object.keys(outputs), Object.keys(activations)]));
      return mean(outputs.prediction!);
    });
    await fit(model, withTarget, { epochs: 1, batchSize: 12 });
    expect(seen).toEqual(['12,4,1,12,2,1,prediction,encoder/0,latent,decoder/0,prediction']);
    model.dispose();
  });
});

describe('teacherForcing', () => {
  const spec = reconstruct({ ...shape, conditional: true });
  const weightsAfter = async (teacherForcing: number | ((epoch: number) => number)) => {
    const model = createModel(spec, { seed: 1 });
    await fit(model, plain, { epochs: 2, teacherForcing });
    const bytes = await Promise.all(tensorsOf(model).variables.map(({ variable }) => variable.data()));
    model.dispose();
    return bytes;
  };

  it('is asked for at every epoch', async () => {
    const asked: number[] = [];
    const scheduled = await weightsAfter((epoch) => {
      asked.push(epoch);
      return 1;
    });
    expect(asked).toEqual([1, 2]);
    expect(scheduled).toEqual(await weightsAfter(1));
    expect(await weightsAfter(0)).not.toEqual(scheduled);
    expect(await weightsAfter(0.5)).not.toEqual(scheduled);
  });

  it.each([[-0.1], [1.1], [() => Number.NaN], ['yes']])('refuses %s', async (teacherForcing) => {
    await expect(weightsAfter(teacherForcing as never)).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      details: { argument: 'teacherForcing' },
    });
  });
});

describe('a classifier', () => {
  it('learns the classes in the labels of windows, and is not warned of them', async () => {
    const warnings: string[] = [];
    const model = createModel(classifier({ ...shape, units: [8], classes: 3 }), { seed: 2 });
    const options = { epochs: 150, optimizer: { kind: 'adam', learningRate: 0.03 } } as const;
    const { history } = await fit(model, labelled, { ...options, onWarning: (text) => warnings.push(text) });
    expect(history.at(-1)!.losses.probabilities).toBeLessThan(0.1);
    const { probabilities } = await model.run({ size: 12, input: wave(48) });
    label.forEach((of, k) => {
      expect(probabilities![k * 3 + of]).toBeGreaterThan(0.8);
    });
    expect(warnings).toEqual([]);
    model.dispose();
  });

  it('weighs classes: of weight 0, they do not count', async () => {
    const lossWith = async (classWeight: Record<number, number>) => {
      const model = createModel(classifier({ ...shape, classes: 3 }), { seed: 2 });
      const { history } = await fit(model, labelled, { epochs: 1, classWeight });
      model.dispose();
      return history[0]!.loss;
    };
    const alone = await Promise.all([0, 1, 2].map((of) => lossWith({ 0: 0, 1: 0, 2: 0, [of]: 1 })));
    // Each class has four windows.
    expect(await lossWith({ 0: 2 })).toBeCloseTo((2 * alone[0]! + alone[1]! + alone[2]!) / 4, 5);
  });

  it('leaves a frozen encoder as it is', async () => {
    const model = createModel(classifier({ ...shape, classes: 3, frozen: true }), { seed: 2 });
    const batch = { size: 12, input: wave(48) };
    const before = await model.encode(batch);
    const { probabilities } = await model.run(batch);
    await fit(model, labelled, once);
    expect(await model.encode(batch)).toEqual(before);
    expect((await model.run(batch)).probabilities).not.toEqual(probabilities);
    model.dispose();
  });

  it.each([
    [plain, {}, 'has no labels'],
    [
      arrayWindows({ input: wave(8), shape: [2, 4, 1], label: [0, 3] }),
      {},
      'The label of window 1 of `windows`',
    ],
    [arrayWindows({ input: wave(8), shape: [2, 4, 1], label: [0.5, 0] }), {}, 'from 0 to 2. Received: 0.5'],
    [labelled, { classWeight: { 3: 1 } }, 'weights of the classes 0 to 2'],
    [labelled, { classWeight: { 1: -1 } }, 'classWeight[1]'],
    [labelled, { classWeight: 2 }, 'an object of weights by class'],
    [
      labelled,
      { validation: arrayWindows({ input: wave(4), shape: [1, 4, 1], label: [7] }) },
      'The label of window 0 of `validation`',
    ],
  ])('refuses labels and weights that are none: %#', async (windows, options, text) => {
    const model = createModel(classifier({ ...shape, classes: 3 }));
    const before = memory().numTensors;
    await expect(fit(model, windows, { ...once, ...options } as never)).rejects.toThrow(text);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('alone has class weights', async () => {
    const model = createModel(sequence(shape));
    await expect(fit(model, plain, { ...once, classWeight: { 0: 1 } })).rejects.toThrow(
      '`classWeight` must be absent',
    );
    model.dispose();
  });
});

describe('windows of a predicting model', () => {
  const series = createSeries({
    id: 'a',
    features: ['x'],
    time: wave(30).map((_, k) => k),
    values: wave(30),
  });

  it.each([
    [{ horizon: 3 }, 'predicts 2 rows, -1 rows after the window, but the targets of `windows` are 3 rows, 0'],
    [{ horizon: 2 }, 'are 2 rows, 0 rows after it. Cut the windows with `horizon: 2, shift: -1`'],
  ])('are refused if their targets are other rows: %j', async (cut, text) => {
    const model = createModel(predict({ ...shape, horizon: 2, shift: -1 }));
    const windows = slidingWindows([series], { lookback: 4, ...cut });
    await expect(fit(model, windows, once)).rejects.toThrow(text);
    model.dispose();
  });
});

describe('the collapse guard', () => {
  const ramp = arrayWindows({
    input: Float32Array.from({ length: 9 }, (_, k) => (k + 1) / 10),
    shape: [1, 9, 1],
  });
  const many = arrayWindows({
    input: Float32Array.from({ length: 900 }, (_, k) => (Math.sin(12.9898 * k) * 43758.5453) % 1),
    shape: [100, 9, 1],
  });

  it.each([
    ['one window', ramp],
    ['a hundred windows', many],
  ])('warns once where the target shrinks, and only there: %s', async (_, windows) => {
    const warningsOf = async (stopGradient: boolean) => {
      const warnings: string[] = [];
      const dense = [64, 32, 64].map((units) => ({ units, activation: 'relu' as const }));
      const spec = latentTarget({ timesteps: 9, features: 1, units: [100], dense, stopGradient });
      const model = createModel(spec, { seed: 1 });
      await fit(model, windows, { epochs: 100, batchSize: 100, onWarning: (text) => warnings.push(text) });
      model.dispose();
      return warnings;
    };
    const warnings = await warningsOf(false);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('`stopGradient: true`');
    expect(await warningsOf(true)).toEqual([]);
  });

  it('has another remedy where the target is held fixed already', async () => {
    const warnings: string[] = [];
    const model = createModel(latentTarget({ timesteps: 9, features: 1, units: [100], stopGradient: true }));
    await fit(model, ramp, { epochs: 100, onWarning: (text) => warnings.push(text) });
    expect(warnings[0]).toContain('more dense layers');
    model.dispose();
  });

  it('leaves other kinds alone, and leaves no tensor behind', async () => {
    const before = memory().numTensors;
    const warnings: string[] = [];
    const model = createModel(reconstruct({ timesteps: 9, features: 1, units: [3] }));
    await fit(model, ramp, { epochs: 2, onWarning: (text) => warnings.push(text) });
    const target = createModel(latentTarget({ timesteps: 9, features: 1, units: [3] }));
    await fit(target, ramp, { epochs: 2, onWarning: (text) => warnings.push(text) });
    for (const each of [model, target]) each.dispose();
    expect(memory().numTensors).toBe(before);
    expect(warnings.filter((text) => text.includes('shrinking'))).toEqual([]);
  });
});
