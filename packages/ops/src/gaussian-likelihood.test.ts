import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { grads, type Scalar, setBackend, type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { gaussianNegativeLogLikelihood, installGradients } from './index.ts';

const golden = JSON.parse(readFileSync(new URL('../fixtures/likelihood.json', import.meta.url), 'utf8'));

beforeAll(async () => {
  await setBackend('cpu');
  installGradients();
});

const number = (loss: Tensor) => loss.dataSync()[0]!;

describe('gaussianNegativeLogLikelihood(prediction, target, logVariance, weights)', () => {
  it.each(['plain', 'weighted'] as const)(
    "is PyTorch's `gaussian_nll_loss`, and so are its gradients: %s",
    (which) => {
      const { mean, target, logVariance, weights, shape } = golden;
      const counts = which === 'weighted' ? tensor(weights, [shape[0], shape[1], 1]) : undefined;
      const loss = (m: Tensor, l: Tensor): Scalar =>
        gaussianNegativeLogLikelihood(m, tensor(target, shape), l, counts);
      const inputs = [tensor(mean, shape), tensor(logVariance, shape)] as const;
      expect(number(loss(...inputs)) / golden[which].value).toBeCloseTo(1, 5);
      const [byMean, byLogVariance] = grads(loss as never)([...inputs]);
      for (const [found, expected] of [
        [byMean!, golden[which].meanGradient],
        [byLogVariance!, golden[which].logVarianceGradient],
      ] as const) {
        const largest = Math.max(...expected.map(Math.abs));
        for (const [k, value] of found.dataSync().entries())
          expect(Math.abs(value - expected[k]) / largest).toBeLessThan(1e-5);
      }
    },
  );

  it('is least at the variance of the errors', () => {
    const at = (logVariance: number) =>
      number(gaussianNegativeLogLikelihood(zeros([2]), tensor([3, -3]), tensor([logVariance, logVariance])));
    expect(at(Math.log(9))).toBeLessThan(at(Math.log(8.9)));
    expect(at(Math.log(9))).toBeLessThan(at(Math.log(9.1)));
  });

  it('stays finite at any logarithm of a variance, and is 0 where nothing counts', () => {
    for (const logVariance of [-1e30, -200, 0, 200, 1e30]) {
      const loss = gaussianNegativeLogLikelihood(zeros([1]), tensor([2]), tensor([logVariance]));
      expect(Number.isFinite(number(loss))).toBe(true);
    }
    expect(number(gaussianNegativeLogLikelihood(zeros([2]), zeros([2]), zeros([2]), zeros([2])))).toBe(0);
  });

  it('refuses shapes that differ', () => {
    expect(() => gaussianNegativeLogLikelihood(zeros([2]), zeros([3]), zeros([2]))).toThrow('`target`');
    expect(() => gaussianNegativeLogLikelihood(zeros([2]), zeros([2]), zeros([3]))).toThrow('`logVariance`');
  });
});
