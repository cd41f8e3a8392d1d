import { readFileSync } from 'node:fs';
import { createModel, reconstruct } from '@retrace/models';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { importLayersModel, type LayersModelJson } from './index.ts';

const golden = JSON.parse(readFileSync(new URL('../fixtures/keras-files.json', import.meta.url), 'utf8'));
const spec = reconstruct({ timesteps: 5, features: 2, units: [4, 3] });

beforeAll(() => setBackend('cpu'));

/** The stacked model of the Keras fixtures as tfjs-layers would write it. */
function layersModel(change: { prefix?: string; recurrentActivation?: string; dtype?: string } = {}) {
  const { prefix = '', recurrentActivation = 'sigmoid', dtype = 'float32' } = change;
  const names = ['lstm_LSTM1', 'lstm_LSTM2', 'lstm_LSTM3', 'lstm_LSTM4', 'time_distributed_TimeDistributed1'];
  const entries = Object.entries(golden.weights as Record<string, [number[], number[]]>);
  const numbers: number[] = [];
  const weights = entries.map(([path, [shape, values]], index) => {
    numbers.push(...values);
    const layer = names[Math.floor(index / 3)]!;
    return { name: `${prefix}${layer}/${path.split('/').at(-1)}`, shape, dtype };
  });
  const lstm = (name: string) => ({
    class_name: 'LSTM',
    config: {
      name,
      activation: 'tanh',
      recurrent_activation: recurrentActivation,
      use_bias: true,
      go_backwards: false,
    },
  });
  const json: LayersModelJson = {
    modelTopology: {
      class_name: 'Sequential',
      config: {
        layers: [
          ...names.slice(0, 4).map(lstm),
          { class_name: 'TimeDistributed', config: { name: names[4] } },
        ],
      },
    },
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  };
  return { json, weights: new Uint8Array(Float32Array.from(numbers).buffer) };
}

describe('importLayersModel', () => {
  it.each([[''], ['sequential/']])(
    'makes a model that puts out what Keras put out, names beginning with "%s"',
    async (prefix) => {
      const model = createModel(spec);
      const imported = importLayersModel(model, layersModel({ prefix }));
      expect(imported[0]).toEqual({ weight: 'encoder/0/kernel', from: `${prefix}lstm_LSTM1/kernel` });
      const batch = { size: 2, input: Float32Array.from(golden.input as number[]) };
      const { reconstruction } = await model.run(batch);
      reconstruction!.forEach((value, k) => {
        expect(Math.abs(value - golden.stacked[k])).toBeLessThan(1e-5);
      });
      model.dispose();
    },
  );

  const intact = layersModel();
  const withNaN = () => {
    const { json, weights } = layersModel();
    new DataView(weights.buffer).setFloat32(4, Number.NaN, true);
    return { json, weights };
  };
  it.each([
    [{ json: {} as never, weights: intact.weights }, 'it is no `model.json`'],
    [
      { json: intact.json, weights: intact.weights.slice(0, 200) },
      "end before 'lstm_LSTM1/recurrent_kernel'",
    ],
    [
      { json: intact.json, weights: new Uint8Array(intact.weights.length + 4) },
      '4 bytes more than the manifest lists',
    ],
    [{ json: intact.json, weights: [1] as never }, '`weights` must be the Uint8Array'],
    [layersModel({ dtype: 'uint8' }), 'must be float32 and not quantized. Received: uint8'],
    [layersModel({ recurrentActivation: 'hard_sigmoid' }), 'hardSigmoid of slope 0.2'],
    [layersModel({ recurrentActivation: 'tanh' }), 'has recurrent_activation "tanh"'],
    [withNaN(), 'holds NaN at position 1'],
  ])('refuses what does not fit: %#', (model, text) => {
    const target = createModel(spec);
    expect(() => importLayersModel(target, model)).toThrow(text);
    target.dispose();
  });

  it('names a weight that is missing, and one that is left over', () => {
    const target = createModel(spec);
    const { json, weights } = layersModel();
    const all = json.weightsManifest[0]!.weights;
    const without = { ...json, weightsManifest: [{ paths: [], weights: all.slice(0, -1) }] };
    expect(() => importLayersModel(target, { json: without, weights: weights.slice(0, -8) })).toThrow(
      "has no bias for 'reconstruction/bias'",
    );
    const extra = { name: 'lstm_LSTM1/peephole', shape: [1], dtype: 'float32' };
    const more = { ...json, weightsManifest: [{ paths: [], weights: [...all, extra] }] };
    const longer = new Uint8Array(weights.length + 4);
    longer.set(weights);
    expect(() => importLayersModel(target, { json: more, weights: longer })).toThrow(
      "'lstm_LSTM1/peephole', for which",
    );
    target.dispose();
  });
});
