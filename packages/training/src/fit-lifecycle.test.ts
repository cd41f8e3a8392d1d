import { tensorsOf } from '@retrace/models/tensors';
import { memory, sum, topk } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCpu, tinyModel, waves, weightsOf } from '../fixtures/waves.ts';
import { epochsOf } from './epochs-of.ts';
import { fit } from './fit.ts';

beforeAll(startCpu);

describe('epochsOf(model, windows, options)', () => {
  it('yields every epoch as it ends and returns what fit resolves to', async () => {
    const [model, twin] = [tinyModel(), tinyModel()];
    const options = { epochs: 3, batchSize: 5 };
    const epochs = epochsOf(model, waves(), options);
    const losses: number[] = [];
    let next = await epochs.next();
    while (!next.done) {
      losses.push(next.value.loss);
      next = await epochs.next();
    }
    const { history } = await fit(twin, waves(), options);
    expect(losses).toEqual(history.map(({ loss }) => loss));
    expect(next.value).toMatchObject({ stopped: 'epochs', epochs: 3, steps: 9 });
    model.dispose();
    twin.dispose();
  });

  it('left by break frees everything and releases the model', async () => {
    const model = tinyModel();
    const before = memory().numTensors;
    for await (const { epoch } of epochsOf(model, waves(), { epochs: 10, earlyStopping: { patience: 5 } })) {
      if (epoch === 2) break;
    }
    expect(memory().numTensors).toBe(before);
    await expect(fit(model, waves(), { epochs: 1 })).resolves.toMatchObject({ epochs: 1 });
    model.dispose();
  });

  it('refuses bad arguments at once', () => {
    const model = tinyModel();
    expect(() => epochsOf(model, waves(), { epochs: 0 })).toThrow('`epochs`');
    model.dispose();
  });
});

describe('fit(model, windows, { signal })', () => {
  it('rejects with the reason of the signal and keeps the weights of the last step', async () => {
    const [model, twin] = [tinyModel(), tinyModel()];
    const before = memory().numTensors;
    const controller = new AbortController();
    let steps = 0;
    const aborted = fit(model, waves(), {
      epochs: 100,
      batchSize: 5,
      signal: controller.signal,
      onStep: () => {
        if (++steps === 7) controller.abort();
      },
    });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    expect(steps).toBe(7);
    expect(memory().numTensors).toBe(before);

    let left = 7;
    const stop = new Error('stop');
    const stopped = fit(twin, waves(), {
      epochs: 100,
      batchSize: 5,
      onStep: () => {
        if (--left === 0) throw stop;
      },
    });
    await expect(stopped).rejects.toBe(stop);
    expect(weightsOf(model)).toEqual(weightsOf(twin));
    model.dispose();
    twin.dispose();
  });

  it('aborted by a timer ends promptly', async () => {
    const model = tinyModel();
    const began = performance.now();
    const fitted = fit(model, waves(), { epochs: 1e6, signal: AbortSignal.timeout(50) });
    await expect(fitted).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(performance.now() - began).toBeLessThan(2000);
    model.dispose();
  });

  it('takes no step if the signal is aborted before', async () => {
    const model = tinyModel();
    const initial = weightsOf(model);
    const reason = new Error('not today');
    const fitted = fit(model, waves(), { epochs: 1, signal: AbortSignal.abort(reason) });
    await expect(fitted).rejects.toBe(reason);
    expect(weightsOf(model)).toEqual(initial);
    model.dispose();
  });
});

describe('fit(model, windows, options) of two models at a time', () => {
  it('trains each as if it were alone', async () => {
    const models = [tinyModel(), tinyModel(), tinyModel()] as const;
    const options = { epochs: 3, batchSize: 5 };
    await Promise.all([fit(models[0], waves(), options), fit(models[1], waves(9), options)]);
    await fit(models[2], waves(), options);
    expect(weightsOf(models[0])).toEqual(weightsOf(models[2]));
    for (const model of models) model.dispose();
  });
});

describe('fit(model, windows, options) on one model', () => {
  it('refuses a second fit with RETRACE_BUSY, and lets the first finish', async () => {
    const model = tinyModel();
    const first = fit(model, waves(), { epochs: 2 });
    await expect(fit(model, waves(), { epochs: 1 })).rejects.toMatchObject({ code: 'RETRACE_BUSY' });
    await expect(first).resolves.toMatchObject({ epochs: 2 });
    await expect(fit(model, waves(), { epochs: 1 })).resolves.toMatchObject({ epochs: 1 });
    model.dispose();
  });

  it('refuses a disposed model, before and in the midst of training', async () => {
    const before = memory().numTensors;
    const model = tinyModel();
    const disposed = fit(model, waves(), { epochs: 5, onEpoch: () => model.dispose() });
    await expect(disposed).rejects.toMatchObject({ code: 'RETRACE_DISPOSED' });
    await expect(fit(model, waves(), { epochs: 1 })).rejects.toMatchObject({ code: 'RETRACE_DISPOSED' });
    expect(memory().numTensors).toBe(before);
  });

  it('passes on the error of an added loss and leaves no tensor behind', async () => {
    const failing = tinyModel();
    const broken = tinyModel();
    const before = memory().numTensors;
    tensorsOf(failing).addLoss('fails', () => {
      throw new Error('on purpose');
    });
    await expect(fit(failing, waves(), { epochs: 1 })).rejects.toThrow('on purpose');
    tensorsOf(broken).addLoss('sorted', ({ activations }) => sum(topk(activations.latent!, 1).values));
    await expect(fit(broken, waves(), { epochs: 1 })).rejects.toMatchObject({
      code: 'RETRACE_NO_GRADIENT',
      details: { op: 'TopK' },
    });
    expect(memory().numTensors).toBe(before);
    failing.dispose();
    broken.dispose();
  });

  it('leaves no tensor behind, however it ends', async () => {
    const model = tinyModel({ dropout: 0.1 });
    const before = memory().numTensors;
    const fail = () => {
      throw new Error('on purpose');
    };
    for (let round = 0; round < 5; round++) {
      const earlyStopping = { patience: 1 };
      await fit(model, waves(), { epochs: 2, batchSize: 7, validation: 0.2, clipNorm: 0.01, earlyStopping });
      await expect(fit(model, waves(), { epochs: 1, onStep: fail })).rejects.toThrow('on purpose');
      await expect(fit(model, waves(), { epochs: 1, onEpoch: fail })).rejects.toThrow('on purpose');
      expect(memory().numTensors).toBe(before);
    }
    model.dispose();
  });
});
