import '@tensorflow/tfjs-backend-cpu';
import { memory, mul, type Scalar, setBackend, sum, tensor1d, tidy, variable } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { installGradients } from './install-gradients.ts';
import { stopGradient } from './stop-gradient.ts';
import { valueAndGradients } from './value-and-gradients.ts';

beforeAll(async () => {
  await setBackend('cpu');
  installGradients();
});

describe('stopGradient', () => {
  it('passes the value and holds it fixed: the gradient of x · stop(x) is x', () => {
    const x = variable(tensor1d([1, 2, 3]));
    const before = memory().numTensors;
    tidy(() => {
      const { value, gradients } = valueAndGradients(() => sum(mul(x, stopGradient(x))) as Scalar, [x]);
      expect(value.dataSync()[0]).toBe(14);
      expect([...gradients[x.name]!.dataSync()]).toEqual([1, 2, 3]);
    });
    expect(memory().numTensors).toBe(before);
    x.dispose();
  });
});
