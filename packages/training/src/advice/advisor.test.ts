import { createModel, reconstruct } from '@retrace/models';
import { tensorsOf } from '@retrace/models/tensors';
import { arrayWindows, type Windows } from '@retrace/windowing';
import { memory, mul } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCpu, tinyModel, waves } from '../../fixtures/waves.ts';
import { fit } from '../fit.ts';
import type { FitOptions } from '../fit-options.ts';

beforeAll(startCpu);

async function warningsOf(
  windows: Windows,
  options: FitOptions,
  model = tinyModel(),
): Promise<readonly string[]> {
  const before = memory().numTensors;
  const warnings: string[] = [];
  await fit(model, windows, { ...options, onWarning: (message) => warnings.push(message) });
  expect(memory().numTensors).toBe(before);
  model.dispose();
  return warnings;
}

/** {@link waves}, each feature times a factor. */
function scaledWaves(...factors: number[]): Windows {
  const { input } = waves().batch(Array.from({ length: 12 }, (_, k) => k));
  return arrayWindows({ input: input.map((value, k) => value * factors[k % 2]!), shape: [12, 6, 2] });
}

const learning: FitOptions = { epochs: 40, batchSize: 4, optimizer: { kind: 'adam', learningRate: 0.03 } };

describe('the advice of fit', () => {
  it('is silent where nothing is wrong', async () => {
    expect(await warningsOf(waves(), learning)).toEqual([]);
  });

  it.each([
    ['large', [1, 1000], 'the values of `feature2` are about 7.1e+2. An LSTM'],
    ['all small', [1e-3, 1e-4], 'the values of `feature1` are about 0.00071, and no feature has larger ones'],
  ])('names a feature whose values are %s', async (_, factors, message) => {
    const warnings = await warningsOf(scaledWaves(...factors), { epochs: 1 });
    expect(warnings[0]).toContain(`The data seem not to be scaled: ${message}`);
    expect(warnings[0]).toContain('`fitScaler`');
  });

  it('does not mind a feature that is constant, cells that are missing and padding', async () => {
    const { input } = scaledWaves(1, 0).batch([0, 1, 2, 3]);
    const windows = arrayWindows({ input, shape: [4, 6, 2] });
    const observed = new Uint8Array(48).fill(1);
    const mask = new Uint8Array(24).fill(1);
    input[0] = 1e6;
    observed[0] = 0;
    input[46] = 1e6;
    mask[23] = 0;
    const marked: Windows = {
      ...windows,
      batch: (indices) => {
        const all = Array.from(indices, Number);
        const of = <T extends Float32Array | Uint8Array>(array: T, width: number): T =>
          (array.constructor as unknown as { from(values: number[]): T }).from(
            all.flatMap((index) => [...array.subarray(index * width, (index + 1) * width)]),
          );
        return { size: all.length, input: of(input, 12), observed: of(observed, 12), mask: of(mask, 6) };
      },
    };
    const scaled = (await warningsOf(marked, { epochs: 1 })).filter((message) => message.includes('scaled'));
    expect(scaled).toEqual([]);
  });

  it('says that a model is no better than the mean', async () => {
    const warnings = await warningsOf(waves(), { epochs: 1, optimizer: { kind: 'adam', learningRate: 0 } });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^The `reconstruction` is no better than the mean of each feature: its loss is 0\.\d+, that of the mean 0\.\d+\. /,
      ),
    ]);
  });

  it('counts the units of the latent vector that are the same for every window', async () => {
    const model = tinyModel();
    const { variables } = tensorsOf(model);
    const input = variables.filter(({ name }) => name.startsWith('encoder/0'));
    // Without its weights a unit stays at zero.
    for (const { variable } of input) variable.assign(mul(variable, 0));
    const warnings = await warningsOf(
      waves(),
      { epochs: 1, optimizer: { kind: 'adam', learningRate: 0 } },
      model,
    );
    expect(warnings[0]).toContain('4 of 4 units of the latent vector are dead');
  });

  it('warns once of a relu LSTM that explodes, before it leaves float32', async () => {
    const spec = reconstruct({ timesteps: 6, features: 2, units: [4], activation: 'relu' });
    const model = createModel(spec, { seed: 3 });
    const optimizer = { kind: 'adam', learningRate: 3 } as const;
    const warnings = await warningsOf(waves(), { epochs: 4, optimizer }, model);
    const exploding = warnings.filter((message) => message.includes('grows from step to step'));
    expect(exploding).toEqual([
      expect.stringMatching(/^After epoch \d the layer `encoder\/0` puts out .*e\+/),
    ]);
  });
});
