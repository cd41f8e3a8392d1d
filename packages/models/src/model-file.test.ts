import { readSealedSafetensors, writeSafetensors, writeSealedSafetensors } from '@retrace/safetensors';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend, tidy, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel, loadModel, reconstruct, saveModel } from './index.ts';
import { specKey } from './save-model.ts';
import { tensorsOf } from './tensors-of.ts';

const spec = reconstruct({ timesteps: 4, features: 2, units: [3] });
const batch = { size: 2, input: Float32Array.from({ length: 16 }, (_, index) => Math.sin(index)) };
let bytes: Uint8Array;

beforeAll(async () => {
  await setBackend('cpu');
  const model = createModel(spec, { seed: 4 });
  bytes = await saveModel(model, { metadata: { note: 'a test' } });
  model.dispose();
});

/** The saved file with some of its parts replaced, sealed again. */
function rewritten(change: (file: ReturnType<typeof readSealedSafetensors>) => void): Uint8Array {
  const file = readSealedSafetensors(bytes);
  change(file);
  return writeSealedSafetensors(file);
}

describe('saveModel and loadModel', () => {
  it('return a model with the same spec and bit-equal outputs', async () => {
    const model = createModel(spec, { seed: 4 });
    const loaded = await loadModel(bytes);
    expect(loaded.spec).toEqual(spec);
    expect(await loaded.run(batch)).toEqual(await model.run(batch));
    expect(await saveModel(loaded, { metadata: { note: 'a test' } })).toEqual(bytes);
    for (const each of [model, loaded]) each.dispose();
  });

  it('keep further metadata', () => {
    expect(readSealedSafetensors(bytes).metadata.note).toBe('a test');
  });

  it('keep the weights of the moment of the call', async () => {
    const model = createModel(spec, { seed: 4 });
    const saving = saveModel(model, { metadata: { note: 'a test' } });
    tidy(() => {
      for (const { variable } of tensorsOf(model).variables) variable.assign(zeros(variable.shape));
    });
    expect(await saving).toEqual(bytes);
    model.dispose();
  });

  it('refuse the metadata key of the spec, and misspelt options', async () => {
    const model = createModel(spec);
    await expect(saveModel(model, { metadata: { [specKey]: '{}' } })).rejects.toThrow(specKey);
    await expect(saveModel(model, { metdata: {} } as never)).rejects.toThrow('Did you mean `metadata`?');
    expect(() => createModel(spec, { sed: 1 } as never)).toThrow('Did you mean `seed`?');
    model.dispose();
  });
});

describe('loadModel refuses', () => {
  it.each<[string, string, () => Uint8Array]>([
    [
      'a missing weight',
      'RETRACE_MODEL_FILE',
      () => rewritten(({ tensors }) => tensors.delete('encoder/0/bias')),
    ],
    [
      'a weight of another shape',
      'RETRACE_MODEL_FILE',
      () =>
        rewritten(({ tensors }) =>
          tensors.set('encoder/0/bias', { dtype: 'F32', shape: [3, 4], data: new Float32Array(12) }),
        ),
    ],
    [
      'a file without a checksum',
      'RETRACE_SAFETENSORS_CHECKSUM',
      () => writeSafetensors(readSealedSafetensors(bytes)),
    ],
  ])('%s with %s', async (_, code, file) => {
    await expect(loadModel(file())).rejects.toMatchObject({ code });
  });
});
