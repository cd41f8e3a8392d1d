import {
  composite,
  createModel,
  encoderOf,
  type ModelSpec,
  predict,
  reconstruct,
  type SequenceModel,
} from '@retrace/models';
import { fit } from '@retrace/training';
import { arrayWindows, type Windows } from '@retrace/windowing';
import { allAtLeast, allEqual, bestAtMost, medianAtMost } from './bar.ts';
import { largestError } from './errors.ts';
import type { Experiment } from './experiment.ts';
import { kerasResults } from './keras-results.ts';

const ramp = Float32Array.from({ length: 9 }, (_, step) => (step + 1) / 10);
const successors = ramp.subarray(1);
const batch = { size: 1, input: ramp };
const plain = arrayWindows({ input: ramp, shape: [1, 9, 1] });
const withTarget = arrayWindows({ input: ramp, shape: [1, 9, 1], target: successors });
const network = { timesteps: 9, features: 1, units: [100], activation: 'relu' } as const;
const next = { horizon: 8, shift: -8 };

async function trained(spec: ModelSpec, windows: Windows, seed: number): Promise<SequenceModel> {
  const model = createModel(spec, { seed });
  await fit(model, windows, { epochs: 300, seed });
  return model;
}

async function outputsOf(
  spec: ModelSpec,
  windows: Windows,
  seed: number,
): Promise<Readonly<Record<string, Float32Array>>> {
  const model = await trained(spec, windows, seed);
  const outputs = await model.run(batch);
  model.dispose();
  return outputs;
}

export const reconstructRamp: Experiment = {
  name: 'reconstruct',
  title: 'Reconstruct 0.1 … 0.9 (Brownlee)',
  setting: 'LSTM 100 relu, repeated, LSTM 100 relu; 300 epochs of Adam, mean squared error.',
  seeds: 20,
  async run(seeds) {
    const values: number[] = [];
    for (const seed of seeds) {
      const { reconstruction } = await outputsOf(reconstruct(network), plain, seed);
      values.push(largestError(reconstruction!, ramp));
    }
    const bars = [medianAtMost(0.011), bestAtMost(0.005)];
    const keras = kerasResults('reconstruct', 'error');
    return { figures: [{ metric: 'largest error', published: 0.004, values, keras, bars }] };
  },
};

export const predictRamp: Experiment = {
  name: 'predict',
  title: 'Predict each step’s successor (Brownlee)',
  setting: 'As above, 9 steps in and 8 out: `horizon: 8, shift: -8`.',
  seeds: 20,
  async run(seeds) {
    const values: number[] = [];
    for (const seed of seeds) {
      const { prediction } = await outputsOf(predict({ ...network, ...next }), withTarget, seed);
      values.push(largestError(prediction!, successors));
    }
    const keras = kerasResults('predict', 'error');
    return {
      figures: [{ metric: 'largest error', published: 0.034, values, keras, bars: [medianAtMost(0.04)] }],
    };
  },
};

export const compositeRamp: Experiment = {
  name: 'composite',
  title: 'Composite of both (Brownlee; Srivastava et al. 2015)',
  setting: 'One encoder, two decoders of 9 and 8 steps, trained together.',
  seeds: 20,
  async run(seeds) {
    const reconstructions: number[] = [];
    const predictions: number[] = [];
    for (const seed of seeds) {
      const outputs = await outputsOf(composite({ ...network, ...next }), withTarget, seed);
      reconstructions.push(largestError(outputs.reconstruction!, ramp));
      predictions.push(largestError(outputs.prediction!, successors));
    }
    return {
      figures: [
        {
          metric: 'largest error, reconstruction',
          published: 0.00736,
          values: reconstructions,
          keras: kerasResults('composite', 'reconstruction'),
          bars: [medianAtMost(0.011)],
        },
        {
          metric: 'largest error, prediction',
          published: 0.037,
          values: predictions,
          keras: kerasResults('composite', 'prediction'),
          bars: [medianAtMost(0.04)],
        },
      ],
    };
  },
};

export const standaloneEncoder: Experiment = {
  name: 'encoder',
  title: 'The encoder by itself (Brownlee)',
  setting: '`encoderOf` the trained reconstruction model.',
  seeds: 5,
  async run(seeds) {
    const lengths: number[] = [];
    const zeros: number[] = [];
    const differences: number[] = [];
    for (const seed of seeds) {
      const model = await trained(reconstruct(network), plain, seed);
      const encoder = encoderOf(model);
      const latent = await encoder.encode(batch);
      lengths.push(latent.length);
      zeros.push(latent.filter((value) => value === 0).length);
      differences.push(largestError(latent, await model.encode(batch)));
      for (const each of [model, encoder]) each.dispose();
    }
    return {
      figures: [
        { metric: 'length of the latent vector', published: 100, values: lengths, bars: [allEqual(100)] },
        { metric: 'exact zeros in it', values: zeros, bars: [allAtLeast(1)] },
        { metric: 'difference from the trained model’s', values: differences, bars: [allEqual(0)] },
      ],
    };
  },
};
