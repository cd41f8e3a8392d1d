import { readFileSync } from 'node:fs';
import { installGradients } from '@retrace/ops';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { BuiltModel } from './built-model.ts';
import { createModel, reconstruct } from './index.ts';
import { tensorsOf } from './tensors.ts';

interface Golden {
  batch: number;
  timesteps: number;
  features: number;
  encoder: number[];
  decoder: number[];
  parameters: number;
  weights: Record<string, number[]>;
  input: number[];
  cases: Record<string, { mask: number[]; latent: number[]; reconstruction: number[] }>;
}
const golden: Golden = JSON.parse(
  readFileSync(new URL('../fixtures/reconstruct.json', import.meta.url), 'utf8'),
);
const spec = reconstruct({
  timesteps: golden.timesteps,
  features: golden.features,
  units: golden.encoder,
  decoderUnits: golden.decoder,
});
const values = new Map(Object.entries(golden.weights).map(([name, list]) => [name, Float32Array.from(list)]));

beforeAll(async () => {
  await tf.setBackend('cpu');
  installGradients();
});

describe('a reconstruct model', () => {
  it.each(Object.entries(golden.cases))('equals Keras on %s windows', async (_, expected) => {
    const model = new BuiltModel(spec, values);
    const batch = {
      size: golden.batch,
      input: Float32Array.from(golden.input),
      mask: Uint8Array.from(expected.mask),
    };
    expectClose(await model.encode(batch), expected.latent);
    expectClose((await model.run(batch)).reconstruction!, expected.reconstruction);
    model.dispose();
  });

  it('has as many weights as Keras counts', () => {
    const model = createModel(spec);
    expect(model.parameters).toBe(golden.parameters);
    model.dispose();
  });

  it('is the same for the same seed and another for another', async () => {
    const input = { size: golden.batch, input: Float32Array.from(golden.input) };
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
    const batch = { size: golden.batch, input: Float32Array.from(golden.input) };
    await model.encode(batch);
    await model.run(batch);
    model.dispose();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('does not change the arrays it is given', async () => {
    const model = createModel(spec);
    const input = Float32Array.from(golden.input);
    await model.run({ size: golden.batch, input });
    expect([...input]).toEqual([...Float32Array.from(golden.input)]);
    model.dispose();
  });

  it('names window, step and feature of a number that is not finite', async () => {
    const model = createModel(spec);
    const input = Float32Array.from(golden.input);
    input[1 * golden.timesteps * golden.features + 2 * golden.features + 1] = Number.NaN;
    await expect(model.run({ size: golden.batch, input })).rejects.toMatchObject({
      code: 'RETRACE_NOT_FINITE',
      details: { window: 1, step: 2, feature: 1 },
    });
    model.dispose();
  });

  it('refuses a batch of another shape and any use after dispose', async () => {
    const model = createModel(spec);
    const input = new Float32Array(golden.timesteps * golden.features);
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

function expectClose(actual: Float32Array, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  // float32 sums of at most 5 steps and 4 units in another order
  actual.forEach((value, index) => {
    expect(Math.abs(value - expected[index]!)).toBeLessThan(1e-5);
  });
}
