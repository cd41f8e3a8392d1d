import {
  adamUpdate,
  createAdamState,
  differentiableOps,
  disposeAdamState,
  type LstmWeights,
  lstm,
  repeated,
  valueAndGradients,
} from '@retrace/ops';
import {
  dispose,
  engine,
  getBackend,
  getGradient,
  mean,
  randomUniform,
  setBackend,
  square,
  type Tensor2D,
  type Tensor3D,
  tensor,
  variable,
} from '@tensorflow/tfjs-core';
import { requirements } from 'testkit';
import { describe, expect, it, vi } from 'vitest';
import { startNode } from './index.ts';
import { loadTensorflow } from './load-tensorflow.ts';
import type { TensorflowBackend } from './tensorflow-backend.ts';

describe.skipIf(!requirements.tensorflow.find())('startNode(options)', () => {
  it('leaves the backend and the environment alone while it loads libtensorflow', async () => {
    const environment = { ...process.env };
    await import('@tensorflow/tfjs-backend-cpu');
    await setBackend('cpu');
    await loadTensorflow({ threads: 2, log: false });
    expect(getBackend()).toBe('cpu');
    expect(process.env).toEqual(environment);
  });

  it('makes the backend current, with gradients, printing nothing', async () => {
    const printed = ['log', 'info', 'warn', 'error'].map((method) => vi.spyOn(console, method as 'log'));
    const runtime = await startNode();
    expect(runtime.name).toBe('tensorflow');
    expect(runtime.device).toMatch(/^TensorFlow \d+\.\d+\.\d+ on (C|G)PU, 2 threads$/);
    expect(getBackend()).toBe('tensorflow');
    for (const op of differentiableOps) expect(getGradient(op)).toBeTruthy();
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
    runtime.dispose();
    vi.restoreAllMocks();
  });

  it('starts again after dispose()', async () => {
    const runtime = await startNode();
    runtime.dispose();
    runtime.dispose();
    const again = await startNode();
    const kept = tensor([1, 2]);
    // The runtime of a backend that is gone has nothing more to shut down.
    runtime.dispose();
    expect(square(kept).dataSync()[1]).toBe(4);
    again.dispose();
  });

  it('keeps the number of native tensors over a thousand steps of training', async () => {
    const runtime = await startNode();
    const { binding } = engine().backend as TensorflowBackend;
    const weights = {
      kernel: variable(randomUniform([2, 12], -1, 1)) as unknown as Tensor2D,
      recurrentKernel: variable(randomUniform([3, 12], -1, 1)) as unknown as Tensor2D,
      bias: variable(randomUniform([12], -1, 1)),
    } as unknown as LstmWeights;
    const variables = Object.values(weights) as ReturnType<typeof variable>[];
    const state = createAdamState(variables);
    const input = randomUniform([3, 5, 2]) as Tensor3D;
    const trainStep = (step: number): void => {
      const { value, gradients } = valueAndGradients(() => {
        const { h } = lstm(input, weights);
        const decoded = lstm(repeated(h.slice([0, 0], [3, 2]), 4), weights, { returnSequences: true });
        return mean(square(decoded.output));
      }, variables);
      adamUpdate(variables, gradients, state, { step });
      dispose([value, gradients] as never);
    };
    for (let step = 1; step <= 3; step++) trainStep(step);
    const before = binding.getNumOfTensors();
    for (let step = 4; step <= 1003; step++) trainStep(step);
    expect(binding.getNumOfTensors()).toBe(before);
    disposeAdamState(state);
    runtime.dispose();
  });
});

describe('startNode(options)', () => {
  it.each<[string, object, string]>([
    ['no thread', { threads: 0 }, '`threads` must be an integer from 1 to 1024'],
    ['a log that is neither on nor off', { log: 'all' }, '`log` must be true or false'],
    ['an unknown option', { thread: 1 }, '`threads`'],
  ])('refuses %s', async (_, options, message) => {
    await expect(startNode(options)).rejects.toThrow(message);
  });
});
