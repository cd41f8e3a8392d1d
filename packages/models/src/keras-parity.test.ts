import { readFileSync } from 'node:fs';
import {
  adamUpdate,
  createAdamState,
  crossEntropy,
  disposeAdamState,
  installGradients,
  meanSquaredError,
  valueAndGradients,
} from '@retrace/ops';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { weightSpecs } from './architecture.ts';
import { BuiltModel } from './built-model.ts';
import { parseSpec } from './parse-spec.ts';
import type { Forward, Head, TensorInput } from './tensors.ts';

interface Case {
  readonly spec: unknown;
  readonly teacherForcing: number;
  readonly batch: {
    readonly input: number[];
    readonly mask?: number[];
    readonly target?: number[];
    readonly targetMask?: number[];
    readonly label?: number[];
    readonly classWeight?: Readonly<Record<string, number>>;
  };
  readonly weights: Readonly<Record<string, number[]>>;
  readonly outputs: Readonly<Record<string, number[]>>;
  readonly latent?: number[];
  readonly gradients?: Readonly<Record<string, number[]>>;
  readonly losses?: number[];
}
const golden: { batch: number; cases: Readonly<Record<string, Case>> } = JSON.parse(
  readFileSync(new URL('../fixtures/parity.json', import.meta.url), 'utf8'),
);
const size = golden.batch;

beforeAll(async () => {
  await tf.setBackend('cpu');
  installGradients();
});

describe.each(Object.entries(golden.cases))('%s', (_, golden) => {
  const spec = parseSpec(golden.spec);
  const values = new Map(
    Object.entries(golden.weights).map(([name, list]) => [name, Float32Array.from(list)]),
  );
  const build = () => new BuiltModel(spec, values);

  it('has the weights that Keras has', () => {
    const sizes = weightSpecs(spec).map(({ name, shape }) => [
      name,
      shape.reduce((product, n) => product * n, 1),
    ]);
    expect(Object.fromEntries(sizes)).toEqual(
      Object.fromEntries(Object.entries(golden.weights).map(([name, list]) => [name, list.length])),
    );
  });

  it('puts out what Keras puts out, to 1e-5', () => {
    const model = build();
    tf.tidy(() => {
      const input = tensorInput(golden, spec.timesteps);
      const { outputs } = model.forward(input, { training: false });
      expect(Object.keys(outputs).sort()).toEqual(Object.keys(golden.outputs).sort());
      for (const [name, expected] of Object.entries(golden.outputs)) {
        const counts = countsOf(golden, name, expected.length);
        outputs[name]!.dataSync().forEach((value, k) => {
          if (counts(k)) expect(Math.abs(value - expected[k]!)).toBeLessThanOrEqual(1e-5);
        });
      }
      if (!golden.latent) return;
      model
        .encodeTensor(input)
        .dataSync()
        .forEach((value, k) => {
          expect(Math.abs(value - golden.latent![k]!)).toBeLessThanOrEqual(1e-5);
        });
    });
    model.dispose();
  });

  if (!golden.gradients) return;
  it('has its gradients and the losses of its 20 steps of Adam, to 1e-4 of the largest', () => {
    const model = build();
    const trainable = model.variables.filter(({ variable }) => variable.trainable);
    const variables = trainable.map(({ variable }) => variable);
    const adam = createAdamState(variables);
    const losses: number[] = [];
    for (let step = 1; step <= golden.losses!.length; step++) {
      tf.tidy(() => {
        const { value, gradients } = valueAndGradients(() => lossOf(model, golden), variables);
        losses.push(value.dataSync()[0]!);
        if (step === 1) {
          expect(trainable.map(({ name }) => name).sort()).toEqual(Object.keys(golden.gradients!).sort());
          for (const { name, variable } of trainable) {
            const gradient = gradients[variable.name]?.dataSync() ?? new Float32Array(variable.size);
            expect(relativeError(gradient, golden.gradients![name]!), name).toBeLessThanOrEqual(1e-4);
          }
        }
        const options = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, step };
        adamUpdate(variables, gradients, adam, options);
      });
    }
    losses.forEach((loss, step) => {
      expect(relativeError([loss], [golden.losses![step]!]), `step ${step + 1}`).toBeLessThanOrEqual(1e-4);
    });
    disposeAdamState(adam);
    model.dispose();
  });
});

/** The largest difference, as a share of the largest number expected. */
function relativeError(actual: ArrayLike<number>, expected: readonly number[]): number {
  const largest = Math.max(...expected.map(Math.abs));
  const difference = Math.max(...expected.map((value, k) => Math.abs(actual[k]! - value)));
  // A weight that gets no gradient, such as the recurrent kernel of one step.
  return largest === 0 ? difference : difference / largest;
}

function tensorInput({ batch: { input, mask, target, targetMask } }: Case, timesteps: number): TensorInput {
  const of = (list: number[], steps: number) => tf.tensor3d(list, [size, steps, list.length / size / steps]);
  const flags = (list: number[]) => tf.tensor2d(list, [size, list.length / size]);
  const features = input.length / size / timesteps;
  return {
    input: of(input, timesteps),
    ...(mask && { mask: flags(mask) }),
    ...(target && { target: of(target, target.length / size / features) }),
    ...(targetMask && { targetMask: flags(targetMask) }),
  };
}

/** Whether an element of an output counts; all do but those at masked steps of a decoder. */
function countsOf({ batch }: Case, name: string, length: number): (element: number) => boolean {
  const mask = { reconstruction: batch.mask, prediction: batch.targetMask }[name];
  if (!mask) return () => true;
  const features = length / mask.length;
  return (element) => mask[Math.floor(element / features)] === 1;
}

function lossOf(model: BuiltModel, golden: Case): tf.Scalar {
  const input = tensorInput(golden, model.spec.timesteps);
  const forward = model.forward(input, { training: true, teacherForcing: golden.teacherForcing });
  const ofHeads = model.heads.map((head) => tf.mul(headLoss(head, input, forward, golden), head.weight));
  const added = model.losses.map(({ loss, weight }) =>
    tf.mul(loss({ ...input, ...forward, weights: {} }), weight),
  );
  return tf.addN([...ofHeads, ...added]) as tf.Scalar;
}

function headLoss({ name, target }: Head, input: TensorInput, forward: Forward, { batch }: Case): tf.Scalar {
  if (target === 'label') {
    const weights = batch.label!.map((of) => batch.classWeight?.[of] ?? 1);
    const logits = forward.activations.logits as tf.Tensor2D;
    return crossEntropy(logits, tf.tensor1d(batch.label!, 'int32'), tf.tensor1d(weights));
  }
  const mask = target === 'input' ? input.mask : input.targetMask;
  return meanSquaredError(forward.outputs[name]!, input[target]!, mask && tf.expandDims(mask, 2));
}
