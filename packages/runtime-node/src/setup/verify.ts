import { lstm } from '@retrace/ops';
import { matMul, ones, tensor2d, tensor3d } from '@tensorflow/tfjs-core';
import { startNode } from '../start-node.ts';
import { setupError } from './setup-error.ts';

/**
 * Loads the addon in this process, computes a matrix product and an LSTM step with it and returns what it runs on.
 *
 * @throws `RETRACE_TENSORFLOW_UNAVAILABLE`, `RETRACE_SETUP_NOT_LOADING` if a result is wrong
 */
export async function verify(): Promise<string> {
  const { device } = await startNode();
  const matrix = tensor2d([1, 2, 3, 4], [2, 2]);
  expect('a matrix product', await matMul(matrix, matrix).data(), [7, 10, 15, 22]);
  const weights = { kernel: ones([1, 4]), recurrentKernel: ones([1, 4]), bias: ones([4]) } as never;
  // σ(2) tanh(σ(2) tanh(2)): all four gates are given 2, and the state before is zero.
  const gate = 1 / (1 + Math.exp(-2));
  const { h } = lstm(tensor3d([1], [1, 1, 1]), weights);
  expect('an LSTM step', await h.data(), [gate * Math.tanh(gate * Math.tanh(2))]);
  return device;
}

function expect(what: string, actual: ArrayLike<number>, expected: readonly number[]): void {
  if (expected.every((value, k) => Math.abs(value - actual[k]!) < 1e-5)) return;
  const received = Array.from(actual);
  throw setupError(
    'RETRACE_SETUP_NOT_LOADING',
    `The addon computes ${what} as ${received} instead of ${expected}`,
    {
      expected,
      received,
    },
  );
}
