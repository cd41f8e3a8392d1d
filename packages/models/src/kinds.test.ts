import { installGradients, valueAndGradients } from '@retrace/ops';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  classifier,
  composite,
  createModel,
  encoderOf,
  latentTarget,
  loadModel,
  type ModelSpec,
  predict,
  reconstruct,
  saveModel,
  sequence,
} from './index.ts';
import { type TensorInput, tensorsOf } from './tensors.ts';

const size = { timesteps: 4, features: 2 };
const stacked = { ...size, units: [4, 3] };
const specs: Readonly<Record<string, ModelSpec>> = {
  reconstruct: reconstruct(stacked),
  'reconstruct with a bottleneck': reconstruct({ ...stacked, bottleneck: { units: 2, activation: 'tanh' } }),
  'reconstruct from states, reversed': reconstruct({ ...stacked, bridge: 'state', reversed: true }),
  'reconstruct conditionally': reconstruct({ ...stacked, conditional: true, reversed: true }),
  'reconstruct with its variance': reconstruct({ ...stacked, variance: true }),
  'reconstruct conditionally from states': reconstruct({
    ...size,
    units: [3],
    bridge: 'state',
    conditional: true,
  }),
  predict: predict({ ...stacked, horizon: 3, shift: -3 }),
  'predict conditionally': predict({ ...size, units: [3], horizon: 2, conditional: true }),
  composite: composite({ ...stacked, horizon: 2, weights: { prediction: 0.5 } }),
  'composite from states, conditional': composite({
    ...stacked,
    horizon: 2,
    bridge: 'state',
    conditional: true,
  }),
  latentTarget: latentTarget({ ...stacked, dense: [5], stopGradient: true }),
  sequence: sequence(stacked),
  classifier: classifier({ ...stacked, classes: 3, dense: [{ units: 4, activation: 'relu' }], frozen: true }),
};
const cases = Object.entries(specs);
const wave = (length: number, offset = 0) => Float32Array.from({ length }, (_, k) => Math.sin(offset + k));
const batch = { size: 3, input: wave(3 * 4 * 2) };

beforeAll(async () => {
  await tf.setBackend('cpu');
  installGradients();
});

describe.each(cases)('a model of kind %s', (_, spec) => {
  it('is saved and loaded with bit-equal outputs and latent vectors', async () => {
    const model = createModel(spec, { seed: 3 });
    const loaded = await loadModel(await saveModel(model));
    expect(loaded.spec).toEqual(spec);
    expect(await loaded.run(batch)).toEqual(await model.run(batch));
    if (spec.kind !== 'sequence') expect(await loaded.encode(batch)).toEqual(await model.encode(batch));
    for (const each of [model, loaded]) each.dispose();
  });

  it('takes windows of one step', async () => {
    const { horizon } = spec as { horizon?: number };
    const short = { ...spec, timesteps: 1, ...(horizon === undefined ? {} : { shift: -1 }) } as ModelSpec;
    const model = tensorsOf(createModel(short));
    const outputs = await model.run({ size: 2, input: wave(4) });
    for (const output of Object.values(outputs)) expect(output.every(Number.isFinite)).toBe(true);
    const norm = tf.tidy(() =>
      gradientsOf(model, { input: tf.tensor3d(wave(4), [2, 1, 2]), ...targetOf(short, 2) }),
    );
    expect(norm).toBeGreaterThan(0);
    model.dispose();
  });

  it('gives its heads the shapes of their targets, whatever the chance of the truth, and leaves no tensor behind', () => {
    const model = tensorsOf(createModel(spec));
    const before = tf.memory().numTensors;
    for (const teacherForcing of [0, 0.5, 1]) {
      tf.tidy(() => {
        const input = { input: tf.tensor3d(batch.input, [3, 4, 2]), ...targetOf(spec, 3) };
        const { outputs } = model.forward(input, { training: true, teacherForcing });
        for (const { name, target } of model.heads) {
          if (target === 'input') expect(outputs[name]!.shape).toEqual(input.input.shape);
          if (target === 'target') expect(outputs[name]!.shape).toEqual(input.target!.shape);
          if (target === 'label') expect(outputs[name]!.shape).toEqual([3, 3]);
        }
      });
    }
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it.each([1, 2, 3])(
    'gives a window with %i steps of padding what the shorter window would give',
    async (padding) => {
      const timesteps = 4 - padding;
      // Where a prediction begins matters to none of these but as a bound.
      const shift = 'shift' in spec ? { shift: Math.max(spec.shift, -timesteps) } : {};
      const model = createModel(spec, { seed: 2 });
      const short = createModel({ ...spec, timesteps, ...shift } as ModelSpec, { seed: 2 });
      const rows = wave(timesteps * 2, padding);
      const input = new Float32Array(8).fill(7);
      input.set(rows, padding * 2);
      const mask = Uint8Array.from({ length: 4 }, (_, step) => (step < padding ? 0 : 1));
      const padded = await model.run({ size: 1, input, mask });
      for (const [name, output] of Object.entries(await short.run({ size: 1, input: rows }))) {
        const tail = padded[name]!.slice(-output.length);
        output.forEach((value, k) => {
          expect(tail[k]).toBeCloseTo(value, 5);
        });
      }
      for (const each of [model, short]) each.dispose();
    },
  );
});

describe('a conditional decoder', () => {
  const cases = (['repeat', 'state'] as const).flatMap((bridge) =>
    [false, true].map((reversed) => ({ bridge, reversed })),
  );

  it.each(cases)('runs free as one sequence what it does step by step: %j', async (options) => {
    const spec = reconstruct({ ...size, units: [5], conditional: true, ...options });
    const model = createModel(spec, { seed: 1 });
    const folded = await model.run(batch);
    // A mask, though of ones, makes it go step by step.
    const stepwise = await model.run({ ...batch, mask: new Uint8Array(12).fill(1) });
    folded.reconstruction!.forEach((value, k) => {
      expect(stepwise.reconstruction![k]).toBeCloseTo(value, 5);
    });
    const tensors = tensorsOf(model);
    const norms = [{}, { mask: tf.ones<tf.Rank.R2>([3, 4]) }].map((mask) =>
      tf.tidy(() => gradientsOf(tensors, { input: tf.tensor3d(batch.input, [3, 4, 2]), ...mask }, 0)),
    );
    expect(norms[1]).toBeCloseTo(norms[0]!, 5);
    model.dispose();
  });

  it.each(cases)('is taught as one sequence what it is taught step by step: %j', (options) => {
    const spec = reconstruct({ ...stacked, conditional: true, ...options });
    const model = tensorsOf(createModel(spec, { seed: 1 }));
    const [whole, stepwise] = [{}, { mask: tf.ones<tf.Rank.R2>([3, 4]) }].map((mask) =>
      tf.tidy(() => {
        const input = { input: tf.tensor3d(batch.input, [3, 4, 2]), ...mask };
        return model.forward(input, { training: true }).outputs.reconstruction!.dataSync();
      }),
    );
    whole!.forEach((value, k) => {
      expect(stepwise![k]).toBeCloseTo(value, 5);
    });
    model.dispose();
  });

  it('reads the truth as often as it is told to', () => {
    // A head of zeros would feed back zeros: what differs from that was fed the truth.
    const spec = reconstruct({ timesteps: 2, features: 1, units: [1], conditional: true });
    const model = tensorsOf(createModel(spec, { seed: 1 }));
    for (const { name, variable } of model.variables) {
      if (name.startsWith('reconstruction/')) variable.assign(tf.zeros(variable.shape));
    }
    const windows = 2000;
    const secondSteps = (teacherForcing: number) =>
      tf.tidy(() => {
        const input = tf.ones<tf.Rank.R3>([windows, 2, 1]);
        const state = model.forward(
          { input },
          { training: true, teacherForcing, random: { seed: 9, step: 4 } },
        );
        return [...tf.slice(state.activations['decoder/0']!, [0, 1, 0], [windows, 1, 1]).dataSync()];
      });
    const own = secondSteps(0)[0];
    const taught = secondSteps(0.3).filter((value) => value !== own).length;
    expect(secondSteps(1).every((value) => value !== own)).toBe(true);
    // Six standard deviations of a binomial of 2,000 draws.
    expect(Math.abs(taught - 600)).toBeLessThan(6 * Math.sqrt(windows * 0.3 * 0.7));
    expect(secondSteps(0.3)).toEqual(secondSteps(0.3));
    model.dispose();
  });

  it('refuses to be taught without the truth', () => {
    const model = tensorsOf(createModel(specs['predict conditionally']!));
    tf.tidy(() => {
      const input = { input: tf.tensor3d(batch.input, [3, 4, 2]) };
      expect(() => model.forward(input, { training: true })).toThrow('`target` must be given in training');
      expect(() => model.forward(input, { training: true, teacherForcing: 2 })).toThrow('`teacherForcing`');
    });
    model.dispose();
  });
});

describe('createModel with encoderFrom', () => {
  it('starts with the encoder of the other model, and with copies of its weights', async () => {
    const before = tf.memory().numTensors;
    const autoencoder = createModel(specs['reconstruct with a bottleneck']!, { seed: 5 });
    const spec = classifier({ ...stacked, bottleneck: { units: 2, activation: 'tanh' }, classes: 2 });
    const seeded = createModel(spec, { seed: 6, encoderFrom: autoencoder });
    const latent = await autoencoder.encode(batch);
    expect(await seeded.encode(batch)).toEqual(latent);
    autoencoder.dispose();
    expect(await seeded.encode(batch)).toEqual(latent);
    seeded.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses an encoder of other layers, and a kind without encoder', () => {
    const before = tf.memory().numTensors;
    const other = createModel(reconstruct({ ...size, units: [5] }));
    expect(() => createModel(specs.classifier!, { encoderFrom: other })).toThrow('encoder/1/kernel');
    expect(() => createModel(specs.sequence!, { encoderFrom: other })).toThrow("a model of kind 'sequence'");
    other.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('encoderOf', () => {
  it('returns a model of the encoder alone, which is saved by itself', async () => {
    const model = createModel(specs['reconstruct with a bottleneck']!, { seed: 5 });
    const encoder = encoderOf(model);
    expect(await encoder.encode(batch)).toEqual(await model.encode(batch));
    const loaded = await loadModel(await saveModel(encoder));
    expect((await loaded.run(batch)).latent).toEqual(await model.encode(batch));
    for (const each of [model, encoder, loaded]) each.dispose();
  });

  it('refuses a model without encoder', () => {
    const model = createModel(specs.sequence!);
    expect(() => encoderOf(model)).toThrow("kind 'sequence' has no encoder");
    expect(() => encoderOf(undefined as never)).toThrow('`model` must be a model');
    model.dispose();
  });

  it('and a sequence has no latent vector', async () => {
    const model = createModel(specs.sequence!);
    await expect(model.encode(batch)).rejects.toMatchObject({ code: 'RETRACE_MODEL_KIND' });
    model.dispose();
  });
});

describe('a frozen classifier', () => {
  it('has an encoder that is not trained', () => {
    const model = tensorsOf(createModel(specs.classifier!));
    const trainable = model.variables.filter(({ variable }) => variable.trainable).map(({ name }) => name);
    expect(trainable).toEqual(['dense/0/kernel', 'dense/0/bias', 'classes/kernel', 'classes/bias']);
    model.dispose();
  });
});

/** Some target for the heads that have one. */
function targetOf(spec: ModelSpec, windows: number): { target?: tf.Tensor3D } {
  if (!('horizon' in spec)) return {};
  return { target: tf.tensor3d(wave(windows * spec.horizon * 2, 5), [windows, spec.horizon, 2]) };
}

/** The norm of the gradients of the summed squares of all outputs. */
function gradientsOf(model: ReturnType<typeof tensorsOf>, input: TensorInput, teacherForcing = 1): number {
  const variables = model.variables.map(({ variable }) => variable);
  const { gradients } = valueAndGradients(() => {
    const { outputs } = model.forward(input, { training: true, teacherForcing });
    return tf.addN(Object.values(outputs).map((output) => tf.sum(tf.square(output)))) as tf.Scalar;
  }, variables);
  const squares = Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)));
  return Math.sqrt(tf.addN(squares).dataSync()[0]!);
}
