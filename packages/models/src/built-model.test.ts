import { installGradients } from '@retrace/ops';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel, reconstruct } from './index.ts';
import { tensorsOf } from './tensors.ts';

const [batchSize, timesteps, features] = [3, 5, 2];
const values = Array.from({ length: batchSize * timesteps * features }, (_, k) => Math.sin(k));
const spec = reconstruct({ timesteps, features, units: [4, 3] });

beforeAll(async () => {
  await tf.setBackend('cpu');
  installGradients();
});

describe('a model', () => {
  it('is the same for the same seed and another for another', async () => {
    const input = { size: batchSize, input: Float32Array.from(values) };
    const outputs = [];
    for (const seed of [1, 1, 2]) {
      const model = createModel(spec, { seed });
      outputs.push((await model.run(input)).reconstruction!);
      model.dispose();
    }
    expect(outputs[1]).toEqual(outputs[0]);
    expect(outputs[2]).not.toEqual(outputs[0]);
  });

  it('drops the same elements for the same place in the dropout stream only', () => {
    const model = tensorsOf(
      createModel(reconstruct({ timesteps: 4, features: 1, units: [8], dropout: 0.5 })),
    );
    const latentAt = (step: number, training = true) => {
      const { tensor, tidy } = tf;
      return [
        ...tidy(() => {
          const input = tensor(new Float32Array(4).fill(1), [1, 4, 1]) as never;
          return model
            .forward({ input }, { training, random: { seed: 5, step } })
            .activations.latent!.dataSync();
        }),
      ];
    };
    expect(latentAt(1)).toEqual(latentAt(1));
    expect(latentAt(2)).not.toEqual(latentAt(1));
    expect(latentAt(1, false).every((value) => value !== 0)).toBe(true);
    expect(latentAt(1).some((value) => value === 0)).toBe(true);
    model.dispose();
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const model = createModel(spec);
    const batch = { size: batchSize, input: Float32Array.from(values) };
    await model.encode(batch);
    await model.run(batch);
    model.dispose();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('does not change the arrays it is given', async () => {
    const model = createModel(spec);
    const input = Float32Array.from(values);
    await model.run({ size: batchSize, input });
    expect([...input]).toEqual([...Float32Array.from(values)]);
    model.dispose();
  });

  it('names window, step and feature of a number that is not finite', async () => {
    const model = createModel(spec);
    const input = Float32Array.from(values);
    input[1 * timesteps * features + 2 * features + 1] = Number.NaN;
    await expect(model.run({ size: batchSize, input })).rejects.toMatchObject({
      code: 'RETRACE_NOT_FINITE',
      details: { window: 1, step: 2, feature: 1 },
    });
    model.dispose();
  });

  it('refuses a batch of another shape and any use after dispose', async () => {
    const model = createModel(spec);
    const input = new Float32Array(timesteps * features);
    for (const [batch, argument] of [
      [undefined, 'batch'],
      [{ size: 0, input }, 'batch.size'],
      [{ size: 2, input }, 'batch.input'],
      [{ size: 1, input: [...input] }, 'batch.input'],
      [{ size: 1, input, mask: new Uint8Array(1) }, 'batch.mask'],
    ] as const)
      await expect(model.run(batch as never)).rejects.toMatchObject({
        code: 'RETRACE_INVALID_ARGUMENT',
        details: { argument },
      });
    model.dispose();
    await expect(model.encode({ size: 1, input: new Float32Array(10) })).rejects.toMatchObject({
      code: 'RETRACE_DISPOSED',
    });
    expect(() => tensorsOf(model).variables).toThrow('disposed');
  });

  it('refuses two added losses of one name, and one that is no function', () => {
    const model = tensorsOf(createModel(spec));
    model.addLoss('small', () => tf.scalar(0));
    expect(() => model.addLoss('small', () => tf.scalar(0))).toThrow(
      'a name that no head or other loss has (reconstruction, small)',
    );
    expect(() => model.addLoss('number', 3 as never)).toThrow('`loss` must be a function');
    model.dispose();
  });
});

describe('tensorsOf', () => {
  it('refuses what is no model', () => {
    expect(() => tensorsOf({} as never)).toThrow('`model` must be a model');
  });
});
