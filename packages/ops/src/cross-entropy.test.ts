import '@tensorflow/tfjs-backend-cpu';
import {
  oneHot,
  setBackend,
  softmax,
  sub,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { crossEntropy } from './cross-entropy.ts';
import { installGradients } from './install-gradients.ts';
import { valueAndGradients } from './value-and-gradients.ts';

beforeAll(async () => {
  await setBackend('cpu');
  installGradients();
});

const values = [
  [1, 2, 0.5],
  [-3, 0, 4],
];

describe('crossEntropy', () => {
  it('is the weighted mean of −log of the probability of the class, in closed form', () => {
    tidy(() => {
      const logits = tensor2d(values);
      const loss = ([row, of]: [number, number]) =>
        Math.log(values[row]!.reduce((sum, value) => sum + Math.exp(value), 0)) - values[row]![of]!;
      const classes = tensor1d([1, 0], 'int32');
      const [a, b] = [loss([0, 1]), loss([1, 0])];
      expect(crossEntropy(logits, classes).dataSync()[0]).toBeCloseTo((a + b) / 2, 5);
      const weighted = crossEntropy(logits, classes, tensor1d([3, 1]));
      expect(weighted.dataSync()[0]).toBeCloseTo((3 * a + b) / 4, 5);
    });
  });

  it('has the gradient (softmax − one-hot) / batch', () => {
    tidy(() => {
      const logits = variable(tensor2d(values)) as Variable & Tensor2D;
      const classes = tensor1d([1, 0], 'int32');
      const { gradients } = valueAndGradients(() => crossEntropy(logits, classes), [logits]);
      const expected = sub(softmax(logits), oneHot(classes, 3)).dataSync();
      gradients[logits.name]!.dataSync().forEach((value, k) => {
        expect(value).toBeCloseTo(expected[k]! / 2, 6);
      });
      logits.dispose();
    });
  });

  it('refuses shapes and types that do not fit', () => {
    tidy(() => {
      const logits = tensor2d(values);
      expect(() => crossEntropy(logits, tensor1d([1], 'int32'))).toThrow('`classes`');
      expect(() => crossEntropy(logits, tensor1d([1, 0]))).toThrow('`classes`');
      expect(() => crossEntropy(logits, tensor1d([1, 0], 'int32'), tensor1d([1]))).toThrow('`weights`');
    });
  });
});
