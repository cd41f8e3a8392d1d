import '@tensorflow/tfjs-backend-cpu';
import {
  enableProdMode,
  setBackend,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor,
  zeros,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { dense } from './index.ts';

beforeAll(async () => {
  enableProdMode();
  await setBackend('cpu');
});

const kernel = () => tensor([1, 2, 3, 4, 5, 6], [3, 2]) as Tensor2D;
const bias = () => tensor([10, 20]) as Tensor1D;

describe('dense(x, kernel, bias)', () => {
  it('maps rows', () => {
    const y = dense(tensor([1, 1, 1, 0, 1, 0], [2, 3]) as Tensor2D, kernel(), bias());
    expect(y.arraySync()).toEqual([
      [19, 32],
      [13, 24],
    ]);
  });

  it('maps every timestep alike', () => {
    const y = dense(tensor([1, 1, 1, 0, 1, 0], [1, 2, 3]) as Tensor3D, kernel(), bias());
    expect(y.arraySync()).toEqual([
      [
        [19, 32],
        [13, 24],
      ],
    ]);
  });

  it.each<[string, () => unknown, string]>([
    ['an x of rank 1', () => dense(zeros([3]) as never, kernel(), bias()), '`x`'],
    ['an x that is no tensor', () => dense([[1, 2, 3]] as never, kernel(), bias()), '`x`'],
    ['a kernel of other features', () => dense(zeros([2, 4]) as Tensor2D, kernel(), bias()), '`kernel`'],
    [
      'a bias of another size',
      () => dense(zeros([2, 3]) as Tensor2D, kernel(), zeros([3]) as Tensor1D),
      '`bias`',
    ],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
