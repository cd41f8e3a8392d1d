import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { differentiableOps, installGradients, valueAndGradients } from './index.ts';

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
  installGradients();
});

describe('vendor/core-gradients.js', () => {
  it('is what scripts/build-gradients.mjs makes of the installed tfjs-core', async () => {
    const script = new URL('../scripts/build-gradients.mjs', import.meta.url);
    const { buildGradients } = (await import(script.href)) as { buildGradients(): string };
    const committed = readFileSync(new URL('../vendor/core-gradients.js', import.meta.url), 'utf8');
    expect(committed).toBe(buildGradients());
  });
});

describe('installGradients()', () => {
  it('registers a gradient for every operation of differentiableOps', () => {
    expect(differentiableOps.length).toBeGreaterThan(80);
    for (const op of differentiableOps) expect(tf.getGradient(op)?.kernelName).toBe(op);
  });

  it('registers nothing twice: tfjs would print a warning', () => {
    const registered = tf.getGradient('Sum');
    const warn = vi.spyOn(console, 'warn');
    installGradients();
    expect(tf.getGradient('Sum')).toBe(registered);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

const x = [0.3, -1.2, 0.8, 2.1, -0.4, 1.5];

const functions: Record<string, (x: tf.Tensor2D) => tf.Tensor> = {
  'add, mul, sub and div under broadcasting': (x) =>
    tf.div(tf.mul(tf.add(x, tf.slice(x, [0, 0], [1, 3])), tf.sub(x, 3)), tf.add(tf.abs(x), [[2], [3]])),
  'matMul and transpose': (x) => tf.matMul(x, tf.transpose(x)),
  'mean, max and min over an axis': (x) => tf.stack([tf.mean(x, 1), tf.max(x, 1), tf.min(x, 1)]),
  'softmax and log softmax': (x) => tf.mul(tf.softmax(x), tf.logSoftmax(x)),
  'exp, log, sqrt and pow': (x) => tf.add(tf.log(tf.exp(x)), tf.pow(tf.sqrt(tf.add(tf.square(x), 1)), 3)),
  'tanh, sigmoid, softplus and elu': (x) =>
    tf.addN([tf.tanh(x), tf.sigmoid(x), tf.softplus(x), tf.elu(x), tf.selu(x)]),
  'relu, leakyRelu and clipByValue': (x) => tf.addN([tf.relu(x), tf.leakyRelu(x), tf.clipByValue(x, -1, 1)]),
  'maximum, minimum and where': (x) =>
    tf.where(
      tf.logicalAnd(tf.greater(x, 0), tf.logicalNot(tf.less(x, 1))),
      tf.maximum(x, 2),
      tf.minimum(x, -1),
    ),
  'concat, split, stack, unstack, reshape, tile and pad': (x) => {
    const [left, right] = tf.split(
      tf.pad(x, [
        [0, 0],
        [1, 0],
      ]),
      2,
      1,
    ) as [tf.Tensor2D, tf.Tensor2D];
    const rows = tf.unstack(tf.concat([right, left, left], 1));
    return tf.mul(tf.tile(tf.reshape(tf.stack(rows.toReversed()), [3, 4]), [2, 1]), 3);
  },
  'gather, reverse, cumsum and expandDims': (x) =>
    tf.cumsum(tf.expandDims(tf.reverse(tf.gather(x, [1, 0, 1]), 1), 0), 2),
};

describe('the gradients', () => {
  it.each(Object.entries(functions))('of %s are the finite differences', async (_, f) => {
    const variable = tf.tidy(() => tf.variable(tf.tensor2d(x, [2, 3])));
    const loss = () => tf.tidy(() => tf.sum(tf.square(f(variable as tf.Tensor2D))) as tf.Scalar);
    const { gradients } = valueAndGradients(loss, [variable]);
    const gradient = await gradients[variable.name]!.data();
    for (const [index, value] of x.entries()) {
      // In float32 a step of 1e-2 keeps both the error of the formula and that of rounding below 1 %.
      const [above, below] = [1e-2, -1e-2].map((step) => {
        variable.assign(tf.tensor2d(x.with(index, value + step), [2, 3]));
        return loss().dataSync()[0]!;
      }) as [number, number];
      const difference = (above - below) / 2e-2;
      expect(Math.abs(gradient[index]! - difference)).toBeLessThan(1e-2 * Math.max(1, Math.abs(difference)));
    }
  });
});
