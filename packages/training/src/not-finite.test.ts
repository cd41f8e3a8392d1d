import { isRetraceError, type RetraceError } from '@retrace/errors';
import { createModel, reconstruct } from '@retrace/models';
import { tensorsOf } from '@retrace/models/tensors';
import { arrayWindows, createSeries, slidingWindows, type Windows } from '@retrace/windowing';
import { log, memory, mul, neg, type Scalar, sqrt, sum, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCpu, tinyModel, waves, weightsOf } from '../fixtures/waves.ts';
import { fit } from './fit.ts';
import type { FitOptions } from './fit-options.ts';

beforeAll(startCpu);

async function failureOf(promise: Promise<unknown>): Promise<RetraceError> {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  if (isRetraceError(error, 'RETRACE_NOT_FINITE')) return error;
  throw error ?? new Error('training went on');
}

/** Two machines of 20 rows; `spoil` may change their values after the windows are cut. */
function machines(spoil: (values: Float32Array[]) => void): Windows {
  const values = [0, 1].map((machine) =>
    Float32Array.from({ length: 40 }, (_, k) => Math.sin(k / 3 + machine)),
  );
  const time = Float64Array.from({ length: 20 }, (_, row) => 1000 * row);
  const series = values.map((array, machine) =>
    createSeries({ id: `pump-${machine}`, features: ['flow', 'current'], time, values: array }),
  );
  const windows = slidingWindows(series, { lookback: 6 });
  spoil(values);
  return windows;
}

const options = { epochs: 3, batchSize: 4, shuffle: false };

describe('fit(model, windows, options) with numbers that are not finite', () => {
  it('names series, row, time and feature of a cell that is NaN, before any update by its batch', async () => {
    const model = tinyModel();
    const before = memory().numTensors;
    let steps = 0;
    const windows = machines(([, second]) => {
      second![2 * 8 + 1] = Number.NaN;
    });
    const error = await failureOf(fit(model, windows, { ...options, onStep: () => steps++ }));
    expect(error.details).toMatchObject({
      cause: 'data',
      phase: 'training',
      epoch: 1,
      series: 'pump-1',
      row: 8,
      time: 8000,
      feature: 'current',
      value: 'NaN',
    });
    expect(error.message).toContain('NaN in `current` at row 8 (time 8000) of series `pump-1`');
    // 15 windows a machine: rows 3 to 8 of the second begin windows 18 to 23, in the fifth batch of four.
    expect(error.details).toMatchObject({ batch: 5, batches: 8 });
    expect(steps).toBe(4);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('keeps the weights as they were before the batch', async () => {
    const [model, twin] = [tinyModel(), tinyModel()];
    const spoilt = machines(([first]) => {
      first![2 * 12] = Infinity;
    });
    let steps = 0;
    await failureOf(fit(model, spoilt, { ...options, onStep: () => steps++ }));
    const stop = new Error('stop');
    const stopped = fit(
      twin,
      machines(() => {}),
      {
        ...options,
        onStep: () => {
          if (--steps === 0) throw stop;
        },
      },
    );
    await expect(stopped).rejects.toBe(stop);
    expect(weightsOf(model)).toEqual(weightsOf(twin));
    model.dispose();
    twin.dispose();
  });

  it('says to scale a finite value whose square is not', async () => {
    const model = tinyModel();
    const windows = machines(([first]) => {
      first![2 * 3] = 1e30;
    });
    const error = await failureOf(fit(model, windows, options));
    expect(error.details).toMatchObject({ cause: 'data', series: 'pump-0', row: 3, feature: 'flow' });
    expect(error.message).toContain('fitScaler');
    model.dispose();
  });

  it('tells divergence, here of a relu LSTM at a learning rate of a million, from bad data', async () => {
    const spec = reconstruct({ timesteps: 6, features: 2, units: [4], activation: 'relu' });
    const model = createModel(spec, { seed: 3 });
    const before = memory().numTensors;
    const error = await failureOf(
      fit(model, waves(), { epochs: 100, optimizer: { kind: 'adam', learningRate: 1e6 } }),
    );
    expect(error.details).toMatchObject({
      cause: 'divergence',
      phase: 'training',
      series: 'window 0',
      layer: 'encoder/0',
    });
    expect(error.message).toContain('first in the layer `encoder/0`, in the output for `feature1` at row');
    expect(error.message).toContain('`optimizer.learningRate`');
    for (const values of Object.values(weightsOf(model))) expect(values.every(Number.isFinite)).toBe(true);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('names the weight whose gradient is not finite where the loss is', async () => {
    const model = tinyModel();
    // The root's slope at 0 is infinite; its product with a slope of 0 is not a number.
    tensorsOf(model).addLoss('root', ({ activations }) => sum(sqrt(mul(activations.latent!, 0))) as Scalar);
    const error = await failureOf(fit(model, waves(), { epochs: 1 }));
    expect(error.details).toMatchObject({ cause: 'divergence', gradient: 'encoder/0/kernel' });
    expect(error.message).toContain(
      'the norm of the gradients is NaN, first in the gradient of `encoder/0/kernel`',
    );
    expect(error.details).not.toHaveProperty('layer');
    model.dispose();
  });

  it.each<[string, FitOptions['optimizer'], string]>([
    [
      'a rate that grows without end',
      { kind: 'adam', learningRate: { kind: 'exponential', initial: 1e-9, steps: 1, rate: 1e8 } },
      'the learning rate has grown to 1',
    ],
    [
      'a decay that turns weights over',
      { kind: 'sgd', learningRate: 1e-3, weightDecay: 5000 },
      '`weightDecay` 5000',
    ],
    ['a step of plain descent', { kind: 'sgd', learningRate: 1e9, momentum: 0.9 }, 'the step would be'],
  ])('stops before the step of %s', async (_, optimizer, symptom) => {
    const model = tinyModel();
    tensorsOf(model).addLoss('steep', ({ activations }) => mul<Scalar>(sum(activations.latent!), 1e9));
    const before = memory().numTensors;
    const error = await failureOf(fit(model, waves(), { epochs: 9, optimizer: optimizer! }));
    expect(error.details).toMatchObject({ cause: 'divergence', symptom: expect.stringContaining(symptom) });
    for (const values of Object.values(weightsOf(model))) expect(values.every(Number.isFinite)).toBe(true);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('names an added loss that is not finite', async () => {
    const model = tinyModel();
    tensorsOf(model).addLoss(
      'entropy',
      ({ activations }) => log(neg(sum(mul(activations.latent!, 0)))) as Scalar,
    );
    const error = await failureOf(fit(model, waves(), { epochs: 1 }));
    expect(error.message).toContain('the loss `entropy` is -Infinity');
    expect(error.details).toMatchObject({ cause: 'divergence', symptom: 'the loss `entropy` is -Infinity' });
    model.dispose();
  });

  it('names a weight that was not finite before training', async () => {
    const model = tinyModel();
    const { variable } = tensorsOf(model).variables.find(({ name }) => name === 'decoder/0/bias')!;
    const spoilt = tensor(Float32Array.from({ length: variable.size }).fill(Number.NaN), variable.shape);
    variable.assign(spoilt);
    spoilt.dispose();
    const error = await failureOf(fit(model, waves(), { epochs: 1 }));
    expect(error.details).toMatchObject({ cause: 'weights', weight: 'decoder/0/bias' });
    model.dispose();
  });

  it('names a validation window', async () => {
    const model = tinyModel();
    const input = new Float32Array(24);
    const validation = arrayWindows({ input, shape: [2, 6, 2] });
    input[17] = Number.NaN;
    const error = await failureOf(fit(model, waves(), { epochs: 1, validation }));
    expect(error.details).toMatchObject({
      cause: 'data',
      phase: 'validation',
      series: 'window 1',
      row: 2,
      feature: 'feature2',
    });
    model.dispose();
  });

  it('refuses windows of which no element counts', async () => {
    const model = tinyModel();
    const windows = waves();
    const blank: Windows = {
      ...windows,
      batch: (indices) => ({ ...windows.batch(indices), weight: new Float32Array(indices.length) }),
    };
    await expect(fit(model, blank, { epochs: 1 })).rejects.toMatchObject({ code: 'RETRACE_TOO_FEW_WINDOWS' });
    model.dispose();
  });
});
