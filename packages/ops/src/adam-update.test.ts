import '@tensorflow/tfjs-backend-cpu';
import {
  enableProdMode,
  type KernelFunc,
  registerKernel,
  setBackend,
  type Tensor,
  tensor,
  tidy,
  unregisterKernel,
  type Variable,
  variable,
  zeros,
} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AdamAttributes,
  type AdamState,
  adamKernelName,
  adamStepSize,
  adamUpdate,
  createAdamState,
  disposeAdamState,
  readAdamState,
} from './index.ts';

let weights: Variable;
let state: AdamState;

beforeAll(async () => {
  enableProdMode();
  await setBackend('cpu');
});
beforeEach(() => {
  weights = tidy(() => variable(tensor([1, 2, 3])));
  state = createAdamState([weights]);
});
afterEach(() => {
  disposeAdamState(state);
  weights.dispose();
});

const values = (tensor: Tensor) => Array.from(tensor.dataSync());

describe('adamUpdate(variables, gradients, state, options)', () => {
  it('moves every value by the learning rate in the first step, whatever the size of the gradient', () => {
    const gradient = fc.float({ min: Math.fround(0.01), max: 1000, noNaN: true });
    fc.assert(
      fc.property(gradient, (size) => {
        const fresh = createAdamState([weights]);
        const before = values(weights);
        adamUpdate([weights], { [weights.name]: tensor([size, -size, size]) }, fresh, {
          step: 1,
          learningRate: 0.5,
        });
        // first / √second is ±1 but for epsilon, which at a gradient of 0.01 is 3e-4 of √second.
        for (const [index, sign] of [1, -1, 1].entries())
          expect(Math.abs(before[index]! - sign * 0.5 - values(weights)[index]!)).toBeLessThan(3e-4);
        disposeAdamState(fresh);
      }),
    );
  });

  it('leaves a variable without a gradient as it is', () => {
    const other = tidy(() => variable(tensor([5])));
    adamUpdate([weights, other], { [weights.name]: tensor([1, 1, 1]) }, state, { step: 1 });
    expect(values(other)).toEqual([5]);
    expect(values(weights)).not.toEqual([1, 2, 3]);
    other.dispose();
  });

  it('goes on from a snapshot exactly as it would have', async () => {
    const gradient = tensor([0.5, -1, 2]);
    const update = (into: AdamState, step: number) =>
      adamUpdate([weights], { [weights.name]: gradient }, into, { step });
    update(state, 1);
    const [snapshot, start] = [await readAdamState(state), weights.dataSync().slice()];
    update(state, 2);
    const expected = values(weights);

    weights.assign(tensor(start));
    const restored = createAdamState([weights], snapshot);
    update(restored, 2);
    expect(values(weights)).toEqual(expected);
    expect(await readAdamState(restored)).toEqual(await readAdamState(state));
    disposeAdamState(restored);
  });

  it('uses the kernel a backend has registered', () => {
    let attributes: AdamAttributes | undefined;
    const kernelFunc: KernelFunc = ({ inputs, attrs }) => {
      attributes = attrs as unknown as AdamAttributes;
      const tensors = inputs as Record<string, Tensor>;
      const outputs = ['gradient0', 'second0', 'first0', 'gradient1', 'first1', 'second1'];
      return outputs.map((name) => tensors[name]!.clone());
    };
    const other = tidy(() => variable(tensor([5])));
    const both = createAdamState([weights, other]);
    const gradients = { [weights.name]: tensor([7, 8, 9]), [other.name]: tensor([6]) };
    registerKernel({ kernelName: adamKernelName, backendName: 'cpu', kernelFunc });
    adamUpdate([weights, other], gradients, both, { step: 2, learningRate: 0.1 });
    unregisterKernel(adamKernelName, 'cpu');
    expect(values(weights)).toEqual([7, 8, 9]);
    expect(values(other)).toEqual([6]);
    disposeAdamState(both);
    other.dispose();
    expect(attributes).toEqual({
      stepSize: adamStepSize(2, 0.1, { beta1: 0.9, beta2: 0.999 }),
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
    });
    // To the rounding of 0.999² and 0.9² in float32.
    const exact = (0.1 * Math.sqrt(1 - 0.999 ** 2)) / (1 - 0.9 ** 2);
    expect(Math.abs(attributes!.stepSize / exact - 1)).toBeLessThan(2e-5);
  });

  it.each<[string, object, string]>([
    ['step 0', { step: 0 }, '`step` must be an integer of at least 1'],
    ['a negative learning rate', { step: 1, learningRate: -1 }, '`learningRate`'],
    ['beta1 of 1', { step: 1, beta1: 1 }, '`beta1`'],
    ['beta2 of 1', { step: 1, beta2: 1 }, '`beta2`'],
    ['an epsilon of 0', { step: 1, epsilon: 0 }, '`epsilon` must be a finite number of at least 1e-16'],
    ['an epsilon that is no number', { step: 1, epsilon: Number.NaN }, '`epsilon`'],
    ['an unknown option', { step: 1, learningrate: 1 }, '`learningRate`'],
  ])('refuses %s', (_, options, message) => {
    expect(() => adamUpdate([weights], {}, state, options as never)).toThrow(message);
  });

  it('refuses a gradient of another shape, and a variable its state does not know, changing nothing', () => {
    const other = tidy(() => variable(tensor([5])));
    const gradients = { [weights.name]: tensor([1, 1, 1]), [other.name]: zeros([1]) };
    expect(() => adamUpdate([weights, other], gradients, state, { step: 1 })).toThrow(
      expect.objectContaining({ code: 'RETRACE_INVALID_ADAM_STATE' }),
    );
    expect(() => adamUpdate([weights], { [weights.name]: zeros([2]) }, state, { step: 1 })).toThrow(
      expect.objectContaining({ code: 'RETRACE_INVALID_SHAPE' }),
    );
    expect(values(weights)).toEqual([1, 2, 3]);
    other.dispose();
  });
});

describe('createAdamState(variables, snapshot)', () => {
  const moments = (length: number) => ({ first: new Float32Array(length), second: new Float32Array(length) });
  it.each<[string, () => unknown, string]>([
    ['one name twice', () => createAdamState([weights, weights]), 'two of the variables have the same name'],
    [
      'a snapshot of another model',
      () => createAdamState([weights], { other: moments(3) }),
      'has no moments of',
    ],
    [
      'a snapshot of another size',
      () => createAdamState([weights], { [weights.name]: moments(2) }),
      'has 2 values, and the variable 3',
    ],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ code: 'RETRACE_INVALID_ADAM_STATE' }));
  });

  it('does not share memory with the snapshot', async () => {
    const snapshot = { [weights.name]: moments(3) };
    const restored = createAdamState([weights], snapshot);
    snapshot[weights.name]!.first[0] = 9;
    expect((await readAdamState(restored))[weights.name]!.first[0]).toBe(0);
    disposeAdamState(restored);
  });
});
