import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { installGradients } from '@retrace/ops';
import { grad, type Scalar, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LossOfActivations } from './tensor-model.ts';
import { activityPenalty, normalPenalty, sparsityPenalty, weightPenalty } from './tensors.ts';

const golden = JSON.parse(readFileSync(new URL('../fixtures/penalties.json', import.meta.url), 'utf8'));

beforeAll(async () => {
  await setBackend('cpu');
  installGradients();
});

const size = { l1: 0.01, l2: 0.02 };
const state = (x: Tensor) =>
  ({
    input: x,
    outputs: {},
    activations: { latent: x },
    weights: { 'encoder/0/kernel': x, 'encoder/0/bias': x },
  }) as unknown as Parameters<LossOfActivations>[0];

describe.each<[string, LossOfActivations]>([
  ['weights', weightPenalty(size)],
  ['activity', activityPenalty('latent', size)],
  ['sparsity', sparsityPenalty('latent', { target: 0.1 })],
  ['normal', normalPenalty('latent')],
])('the penalty of %s', (name, penalty) => {
  const { values, shape, value, gradient, keras = value } = golden[name];
  const x = () => tensor(values as number[], shape);

  it('has the value and the gradient of its peer', () => {
    const found = penalty(state(x())).dataSync()[0]!;
    expect(found / value).toBeCloseTo(1, 5);
    expect(found / keras).toBeCloseTo(1, 5);
    const slopes = grad((at: Tensor): Scalar => penalty(state(at)))(x()).dataSync();
    const largest = Math.max(...gradient.map(Math.abs));
    for (const [k, slope] of slopes.entries())
      expect(Math.abs(slope - gradient[k]) / largest).toBeLessThan(1e-5);
  });
});

describe('weightPenalty(options)', () => {
  it('counts recurrent kernels too, no biases, or those that `of` chooses', () => {
    const one = tensor([1, 1]);
    const weights = { 'a/kernel': one, 'a/recurrentKernel': one, 'a/bias': one } as never;
    const of = (options: Parameters<typeof weightPenalty>[0]) =>
      weightPenalty(options)({ ...state(one), weights }).dataSync()[0];
    expect(of({ l2: 1 })).toBe(4);
    expect(of({ l1: 1, of: (name) => name.endsWith('bias') })).toBe(2);
    expect(() => of({ l1: 1, of: () => false })).toThrow('`of` must be true of at least one of a/kernel');
  });

  it.each([
    ['no size', {}, '`l1` must be above 0, or `l2`'],
    ['a negative size', { l2: -1 }, '`l2`'],
    ['an unknown option', { l3: 1 }, 'Received: "l3"'],
    ['what cannot choose', { l1: 1, of: 'kernel' }, '`of`'],
  ])('refuses %s', (_, options, message) => {
    expect(() => weightPenalty(options as never)).toThrow(message);
  });
});

describe('a penalty of activations', () => {
  it('refuses a layer that is not there', () => {
    for (const penalty of [
      activityPenalty('hidden', size),
      sparsityPenalty('hidden'),
      normalPenalty('hidden'),
    ]) {
      expect(() => penalty(state(tensor([[1]])))).toThrow('`activation` must be one of latent');
    }
  });

  it('stays finite where units never act, always act, or are the same for every window', () => {
    for (const values of [
      [0, 0],
      [1, 1],
      [-3, 5],
    ]) {
      const at = state(tensor(values, [2, 1]));
      for (const penalty of [sparsityPenalty('latent'), normalPenalty('latent')])
        expect(Number.isFinite(penalty(at).dataSync()[0])).toBe(true);
    }
  });

  it('refuses a target that is no share, and unknown options', () => {
    expect(() => sparsityPenalty('latent', { target: 0 })).toThrow('`target`');
    expect(() => sparsityPenalty('latent', { rho: 1 } as never)).toThrow('Received: "rho"');
    expect(() => activityPenalty('latent', {})).toThrow('`l1`');
  });
});
