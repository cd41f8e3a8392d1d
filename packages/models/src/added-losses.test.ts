import { readSealedSafetensors, writeSealedSafetensors } from '@retrace/safetensors';
import '@tensorflow/tfjs-backend-cpu';
import { mean, memory, type Scalar, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel, loadModel, reconstruct, saveModel } from './index.ts';
import { type LossOfActivations, tensorsOf } from './tensors.ts';

const sparse: LossOfActivations = ({ activations }) => mean(activations.latent!) as Scalar;
const small: LossOfActivations = ({ outputs }) => mean(outputs.reconstruction!) as Scalar;
let bytes: Uint8Array;

beforeAll(async () => {
  await setBackend('cpu');
  const model = tensorsOf(createModel(reconstruct({ timesteps: 3, features: 1, units: [2] })));
  model.addLoss('sparse', sparse, { weight: 0.1 });
  model.addLoss('small', small);
  bytes = await saveModel(model);
  model.dispose();
});

describe('a model with added losses', () => {
  it('is loaded with their weights when its losses are supplied, and saved alike again', async () => {
    const loaded = await loadModel(bytes, { losses: { sparse, small } });
    expect(tensorsOf(loaded).addedLosses).toEqual([
      { name: 'sparse', weight: 0.1, loss: sparse },
      { name: 'small', weight: 1, loss: small },
    ]);
    expect(await saveModel(loaded)).toEqual(bytes);
    loaded.dispose();
  });

  it('is refused without them, each missing one named, and nothing stays behind', async () => {
    const before = memory().numTensors;
    for (const [losses, missing] of [
      [{}, ['sparse', 'small']],
      [{ sparse }, ['small']],
    ] as const) {
      await expect(loadModel(bytes, { losses })).rejects.toMatchObject({
        code: 'RETRACE_MODEL_LOSSES',
        details: { missing },
      });
    }
    await expect(loadModel(bytes, { losses: { sparse, small, smal: small } })).rejects.toThrow(
      'only the losses that the file lists (sparse, small)',
    );
    expect(memory().numTensors).toBe(before);
  });

  it('is refused with losses that are none', async () => {
    await expect(loadModel(bytes, { losses: null as never })).rejects.toThrow('`losses` must be an object');
    await expect(loadModel(bytes, { losses: { sparse, small: 1 as never } })).rejects.toThrow(
      "`losses['small']` must be a function",
    );
  });

  it('is loaded without them on demand', async () => {
    const loaded = await loadModel(bytes, { losses: 'none' });
    expect(tensorsOf(loaded).losses).toEqual([]);
    loaded.dispose();
  });

  it('is refused where their list is damaged', async () => {
    const file = readSealedSafetensors(bytes);
    const twice = '{"name":"sparse","weight":1}';
    for (const text of [
      '{',
      '[{"name":""}]',
      '[{"name":"sparse","weight":1e999}]',
      `[${twice},${twice}]`,
      '[{"name":"reconstruction","weight":1}]',
    ]) {
      const damaged = writeSealedSafetensors({
        tensors: file.tensors,
        metadata: { ...file.metadata, 'retrace.losses': text },
      });
      for (const losses of [{}, 'none'] as const) {
        await expect(loadModel(damaged, { losses })).rejects.toMatchObject({ code: 'RETRACE_MODEL_FILE' });
      }
    }
  });

  it('is not saved over the list of its losses', async () => {
    const loaded = await loadModel(bytes, { losses: { sparse, small } });
    await expect(saveModel(loaded, { metadata: { 'retrace.losses': '[]' } })).rejects.toThrow(
      'retrace.losses',
    );
    loaded.dispose();
  });
});
