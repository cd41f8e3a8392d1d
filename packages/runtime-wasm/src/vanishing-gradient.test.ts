import { lstm, valueAndGradients } from '@retrace/ops';
import type { Runtime } from '@retrace/ops/runtime';
import {
  dispose,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWasm } from './index.ts';

const [batch, timesteps, features, units] = [3, 1500, 2, 12];

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startWasm({ threads: 1 });
});
afterAll(() => runtime.dispose());

const weight = <T>(shape: number[]) => {
  const count = shape.reduce((product, size) => product * size, 1);
  const values = Float32Array.from({ length: count }, (_, k) => 0.3 * Math.sin(1 + 1.7 * k));
  return tidy(() => variable(tensor(values, shape))) as T;
};

describe('the gradient of a state by inputs long before it', () => {
  it('sinks to zero, not to subnormal numbers, which would cost many times the time', () => {
    const input = weight<Tensor3D>([batch, timesteps, features]);
    const weights = {
      kernel: weight<Tensor2D>([features, 4 * units]),
      recurrentKernel: weight<Tensor2D>([units, 4 * units]),
      bias: weight<Tensor1D>([4 * units]),
    };
    const { value, gradients } = valueAndGradients(
      () => sum(lstm(input, weights).output),
      [input as unknown as Variable],
    );
    const gradient = Object.values(gradients)[0]!.dataSync<'float32'>();
    const sizes = gradient.map(Math.abs);
    expect(sizes.filter((size) => size > 0 && size < 2 ** -126)).toHaveLength(0);
    expect(sizes.subarray(0, features)).toEqual(new Float32Array(features));
    expect(
      sizes.subarray((timesteps - 1) * features, timesteps * features).every((size) => size > 1e-3),
    ).toBe(true);
    dispose([value, gradients, input, ...Object.values(weights)]);
  });
});
