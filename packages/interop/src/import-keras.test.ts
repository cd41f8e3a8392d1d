import { readFileSync } from 'node:fs';
import { composite, createModel, type ModelSpec, reconstruct, type SequenceModel } from '@retrace/models';
import { tensorsOf } from '@retrace/models/tensors';
import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { importKeras } from './index.ts';

const file = (name: string) => new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));
const golden = JSON.parse(readFileSync(new URL('../fixtures/keras-files.json', import.meta.url), 'utf8'));
const batch = { size: 2, input: Float32Array.from(golden.input as number[]) };
const stacked = reconstruct({ timesteps: 5, features: 2, units: [4, 3] });
const both = composite({ timesteps: 5, features: 2, units: [4], horizon: 3 });
const layers = {
  'encoder/0': 'reader',
  'decoder/reconstruction/0': 'past',
  reconstruction: 'past_rows',
  'decoder/prediction/0': 'future',
  prediction: 'future_rows',
};

beforeAll(() => setBackend('cpu'));

function expectClose(actual: Float32Array, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, k) => {
    expect(Math.abs(value - expected[k]!)).toBeLessThan(1e-5);
  });
}

async function weightsOf(model: SequenceModel): Promise<number[][]> {
  return Promise.all(tensorsOf(model).variables.map(async ({ variable }) => [...(await variable.data())]));
}

describe('importKeras', () => {
  it.each(['stacked.keras', 'stacked.weights.h5'])(
    'makes a model of %s that puts out what Keras put out',
    async (name) => {
      const model = createModel(stacked);
      const imported = await importKeras(model, file(name));
      expectClose((await model.run(batch)).reconstruction!, golden.stacked);
      expect(imported[0]).toEqual({ weight: 'encoder/0/kernel', from: 'layers/lstm/cell/vars/0' });
      expect(imported).toHaveLength(14);
      model.dispose();
    },
  );

  it.each(['composite.keras', 'composite.weights.h5'])('pairs the decoders of %s by name', async (name) => {
    const model = createModel(both);
    const before = memory().numTensors;
    await importKeras(model, file(name), { layers });
    expect(memory().numTensors).toBe(before);
    const { reconstruction, prediction } = await model.run(batch);
    expectClose(reconstruction!, golden.past);
    expectClose(prediction!, golden.future);
    model.dispose();
  });

  const other = (changes: object) => reconstruct({ timesteps: 5, features: 2, units: [4, 3], ...changes });
  const archive = (parts: Readonly<Record<string, Uint8Array>>) =>
    zipSync({ ...unzipSync(file('stacked.keras')), ...parts });
  it.each<[string, ModelSpec, () => Uint8Array, object, string]>([
    ['no file of Keras', stacked, () => strToU8('{"weights": []}'), {}, 'neither a `.keras` file'],
    ['an old whole-model file', stacked, () => file('stacked.h5'), {}, 'in the old `.h5` format'],
    ['a damaged zip', stacked, () => file('stacked.keras').slice(0, 9000), {}, 'The zip file is damaged'],
    [
      'a damaged HDF5 file',
      stacked,
      () => file('stacked.weights.h5').slice(0, 3000),
      {},
      'damaged and cannot be read',
    ],
    ['another zip', stacked, () => zipSync({ 'a.txt': strToU8('a') }), {}, 'it is no `.keras` file'],
    [
      'a config that is not JSON',
      stacked,
      () => archive({ 'config.json': strToU8('{') }),
      {},
      '`config.json` of the `.keras` file',
    ],
    [
      'weights that are not HDF5',
      stacked,
      () => archive({ 'model.weights.h5': strToU8('x') }),
      {},
      'is no HDF5 file',
    ],
    ['fewer layers', other({ units: [4] }), () => file('stacked.keras'), {}, 'The model has 2 lstm layers'],
    [
      'other widths',
      other({ units: [4, 5] }),
      () => file('stacked.weights.h5'),
      {},
      "must be of shape [4, 20] to become 'encoder/1/kernel'. Received: [4, 12]",
    ],
    [
      'other activations',
      other({ activation: 'relu' }),
      () => file('stacked.keras'),
      {},
      'has activation "tanh"',
    ],
    ['other gates', stacked, () => file('hard.keras'), {}, 'has recurrent_activation "hard_sigmoid"'],
    ['no bias', stacked, () => file('unbiased.keras'), {}, 'has use_bias false'],
    ['reading backwards', stacked, () => file('backwards.keras'), {}, 'has go_backwards true'],
    [
      'decoders that could be either',
      both,
      () => file('composite.keras'),
      {},
      'does not tell which is which',
    ],
    [
      'a name of no layer of the model',
      both,
      () => file('composite.keras'),
      { ...layers, decoder: 'past' },
      'as keys. Received: "decoder"',
    ],
    [
      'a name of no layer of the file',
      both,
      () => file('composite.keras'),
      { ...layers, prediction: 'rows' },
      "`layers['prediction']`",
    ],
    [
      'one layer for two',
      both,
      () => file('composite.keras'),
      { ...layers, prediction: 'past_rows' },
      'another layer of the file for each',
    ],
    [
      'names for some layers only',
      both,
      () => file('composite.keras'),
      { 'encoder/0': 'reader' },
      'a name for each layer',
    ],
  ])('refuses %s and changes nothing', async (_, spec, bytes, names, text) => {
    const model = createModel(spec);
    const before = await weightsOf(model);
    const options = Object.keys(names).length > 0 ? { layers: names as Record<string, string> } : {};
    await expect(importKeras(model, bytes(), options)).rejects.toThrow(text);
    expect(await weightsOf(model)).toEqual(before);
    model.dispose();
  });

  it('takes hard sigmoid for what Keras 3 means by it', async () => {
    const model = createModel(other({ recurrentActivation: 'hardSigmoid' }));
    await importKeras(model, file('hard.keras'));
    model.dispose();
  });

  it('imports all of a damaged archive or nothing', async () => {
    const intact = file('stacked.keras');
    const model = createModel(stacked);
    const before = await weightsOf(model);
    await fc.assert(
      fc.asyncProperty(fc.nat(intact.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = intact.slice();
        damaged[at]! ^= flip;
        const outcome = await importKeras(model, damaged).catch((error: { code?: string }) => error);
        if (!Array.isArray(outcome)) {
          expect(outcome.code).toBe('RETRACE_IMPORT');
          expect(await weightsOf(model)).toEqual(before);
        } else {
          for (const [k, list] of (await weightsOf(model)).entries())
            expect(list.every(Number.isFinite), `${k}`).toBe(true);
          tensorsOf(model).variables.forEach(({ variable }, k) => {
            variable.assign(tensor(before[k]!, variable.shape));
          });
        }
      }),
      { numRuns: 60 },
    );
    model.dispose();
  });

  it('refuses misspelt options and what is no file', async () => {
    const model = createModel(stacked);
    await expect(importKeras(model, new Uint8Array(), { layer: {} } as never)).rejects.toThrow(
      'Did you mean `layers`?',
    );
    await expect(importKeras(model, 'stacked.keras' as never)).rejects.toThrow(
      '`bytes` must be the Uint8Array',
    );
    model.dispose();
  });
});
