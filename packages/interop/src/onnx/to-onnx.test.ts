import {
  classifier,
  composite,
  createModel,
  type EncoderOptions,
  latentTarget,
  type ModelSpec,
  predict,
  reconstruct,
  type SequenceModel,
  sequence,
  specKey,
} from '@retrace/models';
import { tensorsOf } from '@retrace/models/tensors';
import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import { strFromU8 } from 'fflate';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { type OnnxOptions, toOnnx } from '../index.ts';
import { producer } from './producer.ts';

const size = { timesteps: 6, features: 2 };
const layers = { ...size, units: [6, 5] };
const specs: Readonly<Record<string, ModelSpec>> = {
  reconstruct: reconstruct(layers),
  'reconstruct with a bottleneck': reconstruct({ ...layers, bottleneck: { units: 2, activation: 'tanh' } }),
  'reconstruct from states, reversed': reconstruct({ ...layers, bridge: 'state', reversed: true }),
  'reconstruct with another decoder': reconstruct({ ...layers, decoderUnits: [5], reversed: true }),
  'reconstruct conditionally': reconstruct({ ...layers, conditional: true, dropout: 0.5 }),
  'reconstruct conditionally from states, reversed': reconstruct({
    ...layers,
    conditional: true,
    bridge: 'state',
    reversed: true,
  }),
  'reconstruct conditionally by one layer': reconstruct({ ...size, units: [4], conditional: true }),
  'reconstruct with its variance': reconstruct({ ...layers, variance: true }),
  predict: predict({ ...layers, horizon: 3 }),
  'predict conditionally': predict({ ...layers, horizon: 4, conditional: true }),
  'predict conditionally after a gap': predict({ ...layers, horizon: 2, shift: 2, conditional: true }),
  'predict conditionally from a row within': predict({ ...layers, horizon: 2, shift: -4, conditional: true }),
  'predict conditionally from before all rows': predict({
    ...layers,
    horizon: 2,
    shift: -6,
    conditional: true,
  }),
  composite: composite({ ...layers, horizon: 3 }),
  'composite from states, conditional': composite({
    ...layers,
    horizon: 3,
    bridge: 'state',
    conditional: true,
    reversed: true,
    variance: true,
  }),
  latentTarget: latentTarget({ ...layers, dense: [5, { units: 4, activation: 'hardSigmoid' }] }),
  'latentTarget of the latent vector': latentTarget({ ...layers, target: 'latent' }),
  sequence: sequence(layers),
  classifier: classifier({ ...layers, classes: 3, dense: [{ units: 8, activation: 'relu' }] }),
  'encoder with a bottleneck': encoderSpec({ ...layers, bottleneck: { units: 2, activation: 'sigmoid' } }),
  ...Object.fromEntries(
    (
      [
        ['linear', 'hardSigmoid'],
        ['sigmoid', 'linear'],
        ['relu', 'sigmoid'],
        ['hardSigmoid', 'relu'],
      ] as const
    ).map(([activation, recurrentActivation]) => [
      `reconstruct by ${activation} with gates of ${recurrentActivation}`,
      reconstruct({ ...layers, activation, recurrentActivation }),
    ]),
  ),
};
const cases = Object.entries(specs);

function encoderSpec(options: EncoderOptions): ModelSpec {
  const { decoder, ...part } = reconstruct(options);
  return { ...part, kind: 'encoder' };
}

/** Padding in front, behind, between, none, and nothing else, by windows. */
const masks = [
  [0, 0, 1, 1, 1, 1],
  [1, 1, 1, 0, 0, 0],
  [1, 0, 0, 1, 0, 1],
  [1, 1, 1, 1, 1, 1],
  [0, 0, 0, 0, 0, 0],
];

function batchOf(windows: number, masked: boolean) {
  const { timesteps, features } = size;
  const input = scattered(windows * timesteps * features, { scale: 2, seed: 0 });
  const mask = Uint8Array.from(masks.slice(0, windows).flat());
  return { size: windows, input, ...(masked && { mask }) };
}

/** A model all of whose weights differ: fresh biases are constant, which would hide a wrong order of gates. */
function createUneven(spec: ModelSpec): SequenceModel {
  const model = createModel(spec);
  for (const [index, { variable }] of tensorsOf(model).variables.entries()) {
    const values = scattered(variable.size, { scale: 0.7, seed: 1 + index });
    tidy(() => variable.assign(tensor(values, variable.shape)));
  }
  return model;
}

function scattered(length: number, { scale, seed }: { scale: number; seed: number }): Float32Array {
  return Float32Array.from({ length }, (_, k) => scale * Math.sin(7919 * Math.sin(k + 100 * seed)));
}

async function runOnnx(
  bytes: Uint8Array,
  { size: windows, input, mask }: ReturnType<typeof batchOf>,
): Promise<Record<string, { data: Float32Array }>> {
  const session = await InferenceSession.create(bytes);
  const outputs = await session.run({
    input: new Tensor('float32', input, [windows, size.timesteps, size.features]),
    ...(mask && { mask: new Tensor('bool', mask, [windows, size.timesteps]) }),
  });
  await session.release();
  return outputs as never;
}

function expectClose(actual: Float32Array | undefined, expected: Float32Array): void {
  expect(actual?.length).toBe(expected.length);
  expect(distance(actual!, expected)).toBeLessThan(1e-5);
}

/** The largest difference of two elements at the same place. */
function distance(a: Float32Array, b: Float32Array): number {
  return Math.max(...a.map((value, k) => Math.abs(value - b[k]!)));
}

beforeAll(async () => {
  await setBackend('cpu');
  env.wasm.numThreads = 1;
});

describe.each(cases)('toOnnx of %s', (_, spec) => {
  it.each([{ mask: false }, { mask: true }])(
    'writes what onnxruntime runs as the model, whatever the number of windows: %j',
    async ({ mask }) => {
      const model = createUneven(spec);
      const bytes = await toOnnx(model, { mask });
      for (const windows of [1, 5]) {
        const batch = batchOf(windows, mask);
        const outputs = await runOnnx(bytes, batch);
        const expected = await model.run(batch);
        expect(Object.keys(outputs).sort()).toEqual(Object.keys(expected).sort());
        for (const [name, values] of Object.entries(expected)) {
          expectClose(outputs[name]?.data, values);
          const row = values.length / windows;
          if (windows > 1)
            expect(distance(values.slice(0, row), values.slice(row, 2 * row))).toBeGreaterThan(1e-4);
        }
      }
      model.dispose();
    },
  );
});

describe.each(cases.filter(([, { kind }]) => kind !== 'sequence'))(
  'toOnnx of the encoder of %s',
  (_, spec) => {
    it('writes the encoder alone, and leaves no tensor behind', async () => {
      const model = createUneven(spec);
      const before = memory().numTensors;
      const batch = batchOf(5, true);
      const { latent, ...others } = await runOnnx(
        await toOnnx(model, { part: 'encoder', mask: true }),
        batch,
      );
      expect(others).toEqual({});
      expectClose(latent!.data, await model.encode(batch));
      expect(memory().numTensors).toBe(before);
      model.dispose();
    });
  },
);

describe('toOnnx', () => {
  const model = () => createUneven(specs.reconstruct!);

  it.each([15, 18, 20, 21, 22, 23, 24, 25])('writes operators of version %i', async (opset) => {
    const conditional = createUneven(specs['composite from states, conditional']!);
    const batch = batchOf(5, true);
    const outputs = await runOnnx(await toOnnx(conditional, { opset, mask: true }), batch);
    expectClose(outputs.prediction?.data, (await conditional.run(batch)).prediction!);
    conditional.dispose();
  });

  it('writes the spec, and who wrote the file', async () => {
    const text = strFromU8(await toOnnx(model()), true);
    for (const part of [specKey, JSON.stringify(specs.reconstruct), producer.name, producer.version])
      expect(text).toContain(part);
    expect(producer).toMatchObject({ name: manifest.name, version: manifest.version });
  });

  it('writes the same bytes for the same model', async () => {
    expect(await toOnnx(model())).toEqual(await toOnnx(model()));
  });

  it.each<[string, OnnxOptions, string]>([
    ['another part', { part: 'decoder' as never }, "`part` must be one of 'model', 'encoder'"],
    ['a mask in place of its presence', { mask: new Uint8Array(6) as never }, '`mask` must be true or false'],
    ['operators older than it uses', { opset: 14 }, '`opset` must be an integer from 15 to 25'],
    ['operators that are not out yet', { opset: 26 }, '`opset` must be an integer from 15 to 25'],
    ['a misspelt option', { parts: 'encoder' } as never, 'Did you mean `part`?'],
  ])('refuses %s', async (_, options, text) => {
    await expect(toOnnx(model(), options)).rejects.toThrow(text);
  });

  it('refuses the encoder of a model without, and a disposed model', async () => {
    const plain = createModel(specs.sequence!);
    await expect(toOnnx(plain, { part: 'encoder' })).rejects.toMatchObject({ code: 'RETRACE_MODEL_KIND' });
    plain.dispose();
    await expect(toOnnx(plain)).rejects.toMatchObject({ code: 'RETRACE_DISPOSED' });
    await expect(toOnnx({} as never)).rejects.toThrow('`model` must be a model');
  });
});
