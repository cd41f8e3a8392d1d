import {
  adamUpdate,
  createAdamState,
  dense,
  disposeAdamState,
  lstm,
  meanSquaredError,
  repeated,
  valueAndGradients,
} from '@retrace/ops';
import {
  dispose,
  engine,
  memory,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor,
  tidy,
  variable,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { HeapBackend } from './heap-backend.ts';
import { startWasm } from './index.ts';
import { backendName } from './register-kernels.ts';

const [timesteps, features, units, batch] = [9, 3, 21, 37];

function variableOf<T>(shape: number[], seed: number): T {
  const count = shape.reduce((product, size) => product * size, 1);
  const values = Float32Array.from({ length: count }, (_, k) => 0.4 * Math.sin(seed + 1.7 * k));
  return tidy(() => variable(tensor(values, shape))) as T;
}

/** An LSTM autoencoder and its training step. */
function autoencoder() {
  const layer = (inputs: number, seed: number) => ({
    kernel: variableOf<Tensor2D>([inputs, 4 * units], seed),
    recurrentKernel: variableOf<Tensor2D>([units, 4 * units], seed + 1),
    bias: variableOf<Tensor1D>([4 * units], seed + 2),
  });
  const [encoder, decoder] = [layer(features, 1), layer(units, 5)];
  const kernel = variableOf<Tensor2D>([units, features], 9);
  const bias = variableOf<Tensor1D>([features], 11);
  const input = variableOf<Tensor3D>([batch, timesteps, features], 13);
  const weights = [...Object.values(encoder), ...Object.values(decoder), kernel, bias] as never[];
  const adam = createAdamState(weights);
  let step = 0;
  return {
    weights: weights as Tensor1D[],
    step(): void {
      const { value, gradients } = valueAndGradients(() => {
        const latent = lstm(input, encoder).output;
        const decoded = lstm(repeated(latent, timesteps), decoder, { returnSequences: true }).output;
        return meanSquaredError(dense(decoded, kernel, bias), input);
      }, weights);
      adamUpdate(weights, gradients, adam, { step: ++step });
      dispose([value, gradients]);
    },
    dispose(): void {
      disposeAdamState(adam);
      dispose([weights, input]);
    },
  };
}

async function weightsAfter(steps: number, threads: number): Promise<Float32Array[]> {
  const runtime = await startWasm({ threads });
  try {
    const model = autoencoder();
    for (let step = 0; step < steps; step++) model.step();
    const weights = model.weights.map((weight) => weight.dataSync<'float32'>());
    model.dispose();
    return weights;
  } finally {
    runtime.dispose();
  }
}

describe('training', () => {
  it('gives the same weights to the bit again, and on any number of threads', async () => {
    const once = await weightsAfter(5, 2);
    expect(await weightsAfter(5, 2)).toEqual(once);
    expect(await weightsAfter(5, 4)).toEqual(once);
    expect(await weightsAfter(5, 1)).toEqual(once);
    expect(await weightsAfter(4, 1)).not.toEqual(once);
  });

  it('for a thousand steps adds neither tensors nor memory', async () => {
    const runtime = await startWasm({ threads: 2 });
    const model = autoencoder();
    model.step();
    model.step();
    const { heap } = (engine().registry[backendName] as HeapBackend).kernels;
    const before = [memory().numTensors, heap.size, engine().backend.numDataIds()];
    for (let step = 0; step < 1000; step++) model.step();
    expect([memory().numTensors, heap.size, engine().backend.numDataIds()]).toEqual(before);
    model.dispose();
    runtime.dispose();
  });
});

describe('NaN in one row of a batch', () => {
  it('shows in that row of the output and in the gradients, and in no other row', async () => {
    const runtime = await startWasm({ threads: 2 });
    const model = autoencoder();
    const [kernel, recurrentKernel, bias] = model.weights as unknown as [Tensor2D, Tensor2D, Tensor1D];
    const values = new Float32Array(batch * timesteps * features).fill(0.5);
    values[5 * timesteps * features] = Number.NaN;
    const input = tidy(() => tensor(values, [batch, timesteps, features])) as Tensor3D;
    const rows = tidy(() => lstm(input, { kernel, recurrentKernel, bias }).output.arraySync());
    for (const [row, h] of rows.entries()) expect(h.every(Number.isNaN)).toBe(row === 5);
    for (const h of rows.toSpliced(5, 1)) expect(h.every(Number.isFinite)).toBe(true);
    const { value, gradients } = valueAndGradients(
      () =>
        tidy(() =>
          meanSquaredError(
            lstm(input, { kernel, recurrentKernel, bias }).output,
            variableOf([batch, units], 3),
          ),
        ),
      [kernel] as never[],
    );
    expect(Object.values(gradients)[0]!.dataSync().some(Number.isNaN)).toBe(true);
    dispose([value, gradients, input]);
    model.dispose();
    runtime.dispose();
  });
});
