import '@tensorflow/tfjs-backend-cpu';
import { enableProdMode, setBackend, type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { huber, logCosh, meanAbsoluteError, meanSquaredError } from './index.ts';

beforeAll(async () => {
  enableProdMode();
  await setBackend('cpu');
});

const losses = { meanSquaredError, meanAbsoluteError, huber, logCosh };
const number = (loss: Tensor) => loss.dataSync()[0]!;

describe.each(Object.entries(losses))('%s(prediction, target, weights)', (_, loss) => {
  it('does not see what has no weight', () => {
    const values = fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(values, values, (prediction, hidden) => {
        const weights = tensor([1, 1, 1, 0, 0, 0]);
        const target = tensor([1, 2, 3, 4, 5, 6]);
        const other = [...prediction.slice(0, 3), ...hidden.slice(3)];
        expect(number(loss(tensor(prediction), target, weights))).toBe(
          number(loss(tensor(other), target, weights)),
        );
      }),
    );
  });

  it('is the same for weights twice as large', () => {
    const [prediction, target] = [tensor([1, 2, 3, 4], [2, 2]), tensor([0, 2, 5, 1], [2, 2])];
    const weights = tensor([0.5, 2], [2, 1]);
    const doubled = tensor([1, 4], [2, 1]);
    expect(number(loss(prediction, target, weights))).toBe(number(loss(prediction, target, doubled)));
  });

  it.each<[string, () => unknown, string]>([
    [
      'shapes that differ',
      () => loss(zeros([2, 3]), zeros([3, 2])),
      '`target` must be a float32 tensor of shape [2, 3]',
    ],
    ['an empty prediction', () => loss(zeros([0, 3]), zeros([0, 3])), '`prediction`'],
    ['numbers that are no tensor', () => loss([1] as never, zeros([1])), '`prediction`'],
    [
      'weights that do not broadcast',
      () => loss(zeros([2, 3]), zeros([2, 3]), zeros([2])),
      '`weights` must broadcast',
    ],
    [
      'weights of a higher rank',
      () => loss(zeros([3]), zeros([3]), zeros([1, 3])),
      '`weights` must broadcast',
    ],
    ['boolean weights', () => loss(zeros([3]), zeros([3]), zeros([3], 'bool')), '`weights`'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('logCosh(prediction, target, weights)', () => {
  it('is the logarithm of the hyperbolic cosine, however large the error', () => {
    const at = (error: number) => number(logCosh(tensor([error]), tensor([0])));
    for (const error of [0, 0.3, -1, 4, -12]) expect(at(error)).toBeCloseTo(Math.log(Math.cosh(error)), 5);
    expect([at(1000), at(-1e30)]).toEqual([Math.fround(1000 - Math.LN2), Math.fround(1e30)]);
  });
});

describe('huber(prediction, target, weights, { delta })', () => {
  it('turns linear at delta', () => {
    const at = (error: number) => number(huber(tensor([error]), tensor([0]), undefined, { delta: 2 }));
    expect([at(1), at(2), at(-5)]).toEqual([0.5, 2, 8]);
  });

  it('refuses an option it does not have', () => {
    const misspelt = { dleta: 2 } as never;
    expect(() => huber(zeros([1]), zeros([1]), undefined, misspelt)).toThrow('`delta`');
  });

  it.each([0, -1, Number.NaN, Infinity])('refuses a delta of %s', (delta) => {
    expect(() => huber(zeros([1]), zeros([1]), undefined, { delta })).toThrow('`delta`');
  });
});
