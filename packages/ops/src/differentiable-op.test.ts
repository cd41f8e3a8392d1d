import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  enableProdMode,
  grad,
  memory,
  mul,
  ones,
  type Scalar,
  setBackend,
  sum,
  type Tensor,
  tensor,
  tidy,
  variable,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { runDifferentiableOp } from './differentiable-op.ts';
import { installGradients, valueAndGradients } from './index.ts';

beforeAll(async () => {
  enableProdMode();
  await setBackend('cpu');
  installGradients();
});

/** Two products by a fixed factor, with a hand-made gradient. */
function products(x: Tensor, y: Tensor, wanted: (name: string) => void = () => {}): [Tensor, Tensor] {
  const outputs = runDifferentiableOp({
    name: 'products',
    inputs: { x, y },
    forward: (recording) => ({ outputs: [mul(x, y), mul(x, 2)], reserve: recording ? [ones(x.shape)] : [] }),
    gradient: ({ outputs: [dProduct, dDouble], inputs, reserve }) => ({
      x: () => {
        wanted('x');
        return mul(reserve[0]!, add(mul(dProduct!, inputs.y!), mul(dDouble!, 2)));
      },
      y: () => {
        wanted('y');
        return mul(dProduct!, inputs.x!);
      },
    }),
  });
  return outputs as [Tensor, Tensor];
}

const values = (tensor: Tensor | undefined) => Array.from(tensor!.dataSync());

describe('runDifferentiableOp(…)', () => {
  it('asks only for the gradients that are wanted, and sums those of both outputs', () => {
    const [x, y] = [variable(tensor([1, 2])), tensor([3, 4])];
    const wanted = vi.fn();
    const { gradients } = valueAndGradients(
      () => tidy(() => sum(mul(...products(x, y, wanted))) as Scalar),
      [x],
    );
    // d/dx of x·y·2x is 4xy.
    expect(values(gradients[x.name])).toEqual([12, 32]);
    expect(wanted.mock.calls).toEqual([['x']]);
  });

  it('keeps its own gradient inside a scope that bears the name of a tfjs kernel', () => {
    const x = variable(tensor([1, 2]));
    const { gradients } = valueAndGradients(
      () => tidy('Relu', () => sum(products(x, tensor([3, 4]))[0]) as Scalar),
      [x],
    );
    expect(values(gradients[x.name])).toEqual([3, 4]);
  });

  it('keeps no reserve when nothing is recorded', () => {
    const [x, y] = [tensor([1, 2]), tensor([3, 4])];
    const before = memory().numTensors;
    for (const output of products(x, y)) output.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('refuses the gradient of its gradient', () => {
    const second = grad((x: Tensor) => grad((x: Tensor) => sum(products(x, x)[0]))(x));
    expect(() => second(tensor([1, 2]))).toThrow(
      expect.objectContaining({ code: 'RETRACE_NO_GRADIENT', details: { op: 'products', order: 2 } }),
    );
  });
});
