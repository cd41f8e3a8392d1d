import '@tensorflow/tfjs-backend-cpu';
import {
  cumprod,
  enableProdMode,
  getGradient,
  memory,
  registerGradient,
  type Scalar,
  scalar,
  setBackend,
  square,
  sum,
  tensor,
  tidy,
  unregisterGradient,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { installGradients, valueAndGradients } from './index.ts';

let weights: Variable;

beforeAll(async () => {
  enableProdMode();
  await setBackend('cpu');
  installGradients();
});
beforeEach(() => {
  weights = tidy(() => variable(tensor([1, 2, 3])));
});
afterEach(() => {
  weights.dispose();
});

describe('valueAndGradients(f, variables)', () => {
  it('returns the value and the gradient of each variable by name', () => {
    const { value, gradients } = valueAndGradients(() => sum(square(weights)), [weights]);
    expect(value.dataSync()[0]).toBe(14);
    expect(Array.from(gradients[weights.name]!.dataSync())).toEqual([2, 4, 6]);
    expect(Object.keys(gradients)).toEqual([weights.name]);
  });

  it('leaves out a variable that the value does not depend on', () => {
    const other = tidy(() => variable(tensor([1])));
    const { gradients } = valueAndGradients(() => sum(weights), [weights, other]);
    expect(Object.keys(gradients)).toEqual([weights.name]);
    other.dispose();
  });

  it('names an operation that has no gradient', () => {
    expect(() => valueAndGradients(() => sum(cumprod(weights)), [weights])).toThrow(
      expect.objectContaining({ code: 'RETRACE_NO_GRADIENT', details: { op: 'Cumprod' } }),
    );
  });

  it('says what to call when no gradients were installed', () => {
    const own = getGradient('Sum');
    unregisterGradient('Sum');
    try {
      expect(() => valueAndGradients(() => sum(weights), [weights])).toThrow(/`Sum`.*installGradients\(\)/);
    } finally {
      registerGradient(own);
    }
  });

  it('refuses a value that depends on no variable, and leaves that tensor to its owner', () => {
    const constant = scalar(3);
    const before = memory().numTensors;
    expect(() => valueAndGradients(() => constant, [weights])).toThrow(
      expect.objectContaining({
        code: 'RETRACE_NO_GRADIENT',
        message: expect.stringContaining('none of the'),
      }),
    );
    expect(memory().numTensors).toBe(before);
    expect(constant.isDisposed).toBe(false);
  });

  it('refuses a value that is not a scalar', () => {
    expect(() => valueAndGradients(() => square(weights) as unknown as Scalar, [weights])).toThrow(
      /`f` must be a function that returns a scalar tensor\. Received: \[3\]/,
    );
  });

  it('refuses to train nothing', () => {
    expect(() => valueAndGradients(() => scalar(1), [])).toThrow(/`variables` must be/);
  });

  it('passes on what f throws', () => {
    const error = new Error('from f');
    expect(() =>
      valueAndGradients(() => {
        throw error;
      }, [weights]),
    ).toThrow(error);
  });
});
