import {
  dispose,
  mul,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { dense } from '../dense.ts';
import { valueAndGradients } from '../value-and-gradients.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { expectClose } from './expect-close.ts';

const sizes = [
  { batchSize: 1, timesteps: 1, features: 1, outputs: 1 },
  { batchSize: 3, timesteps: 5, features: 7, outputs: 5 },
  { batchSize: 2, timesteps: 3, features: 127, outputs: 3 },
  { batchSize: 3, timesteps: 1, features: 5, outputs: 127 },
];

/** `dense` forward and backward against its sums in float64. */
export const denseCases: readonly ConformanceCase[] = sizes.map((size) => ({
  name: `dense with sizes ${Object.values(size).join(', ')} gives the values and gradients of float64`,
  async run() {
    const { batchSize, timesteps, features, outputs } = size;
    const rows = batchSize * timesteps;
    const x = wave(rows * features, 1);
    const kernel = wave(features * outputs, 2);
    const bias = wave(outputs, 3);
    const upstream = wave(rows * outputs, 4);
    const y = sums(rows, outputs, features, (r, o, k) => x[r * features + k]! * kernel[k * outputs + o]!);
    const expected = {
      x: sums(rows, features, outputs, (r, f, k) => upstream[r * outputs + k]! * kernel[f * outputs + k]!),
      kernel: sums(features, outputs, rows, (f, o, k) => x[k * features + f]! * upstream[k * outputs + o]!),
      bias: sums(1, outputs, rows, (_, o, k) => upstream[k * outputs + o]!),
    };

    const variables: Record<keyof typeof expected, Variable> = {
      x: variableOf(x, [batchSize, timesteps, features]),
      kernel: variableOf(kernel, [features, outputs]),
      bias: variableOf(bias, [outputs]),
    };
    const forward = () =>
      dense(
        variables.x as unknown as Tensor3D,
        variables.kernel as unknown as Tensor2D,
        variables.bias as unknown as Tensor1D,
      );
    const result = forward();
    const { value, gradients } = valueAndGradients(
      () => tidy(() => sum(mul(forward(), tensor(upstream, [batchSize, timesteps, outputs])))),
      Object.values(variables),
    );
    // Sums of 127 products cost a decimal digit or two of float32's 6e-8.
    expectClose(
      'y',
      await result.data(),
      y.map((dot, index) => dot + bias[index % outputs]!),
      2e-6,
    );
    for (const name of ['x', 'kernel', 'bias'] as const)
      expectClose(
        `the gradient by ${name}`,
        await gradients[variables[name].name]!.data(),
        expected[name],
        2e-6,
      );
    dispose([result, value, gradients, { ...variables }]);
  },
}));

function wave(count: number, phase: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.fround(Math.sin(phase + 1.7 * index)));
}

/** `[rows, columns]` of the sums of `term` over `count`. */
function sums(
  rows: number,
  columns: number,
  count: number,
  term: (row: number, column: number, k: number) => number,
): number[] {
  return Array.from({ length: rows * columns }, (_, index) => {
    let total = 0;
    for (let k = 0; k < count; k++) total += term(Math.floor(index / columns), index % columns, k);
    return total;
  });
}

function variableOf(values: number[], shape: number[]): Variable {
  return tidy(() => variable(tensor(values, shape)));
}
