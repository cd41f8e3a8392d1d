import { type LstmAttributes, type LstmInputs, type LstmKernels, lstmReference } from '@retrace/ops';
import type { Runtime } from '@retrace/ops/runtime';
import { engine, randomUniform, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { requirements } from 'testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blockForward, blockGradient, blockInputGradient } from './block-lstm.ts';
import { deferredGradient } from './deferred-gradient.ts';
import { startNode } from './index.ts';
import type { TensorflowBackend } from './tensorflow-backend.ts';

const [batch, timesteps, features, units] = [3, 4, 2, 5];
const attributes: LstmAttributes = {
  timesteps,
  activation: 'tanh',
  recurrentActivation: 'sigmoid',
  returnSequences: true,
  recording: true,
};

describe.skipIf(!requirements.tensorflow.find())('the gradients of a block', () => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await startNode({ threads: 2 });
  });
  afterAll(() => runtime.dispose());

  // Whichever the number of units chooses; the reference is held to float64 by the conformance suite of @retrace/ops.
  describe.each([
    ['TensorFlow’s own', blockGradient],
    ['with deferred products', deferredGradient],
  ] as const)('%s', (_, gradient) => {
    it.each([
      ['every timestep', {}],
      ['an initial state', { state: true }],
      ['the last timestep only', { returnSequences: false }],
      ['a repeated input', { repeated: true }],
      ['a repeated input and an initial state', { repeated: true, state: true, returnSequences: false }],
      ['one timestep', { timesteps: 1, state: true }],
      ['one repeated timestep', { timesteps: 1, repeated: true }],
    ])('with %s are those of the reference', async (_, options: Options) => {
      const problem = makeProblem(options);
      const block = gradientsBy(problem, {
        forward: (inputs, given) => blockForward(backend(), inputs, given),
        gradient: (call, reserve, given) => gradient(backend(), call, reserve, given),
        inputGradient: (call, pending, given) =>
          pending[0]!.rank === 3
            ? blockInputGradient(call.input, pending[0]!)
            : lstmReference.inputGradient(call, pending, given),
      });
      const reference = gradientsBy(problem, lstmReference);
      expect(block).toHaveLength(options.state ? 6 : 4);
      for (const [k, tensor] of block.entries()) {
        expect(tensor.shape).toEqual(reference[k]!.shape);
        const expected = await reference[k]!.data();
        for (const [j, value] of (await tensor.data()).entries()) expect(value).toBeCloseTo(expected[j]!, 5);
      }
    });
  });
});

interface Options {
  readonly repeated?: boolean;
  readonly state?: boolean;
  readonly returnSequences?: boolean;
  readonly timesteps?: number;
}

interface Problem {
  readonly inputs: LstmInputs;
  readonly upstream: { dh: Tensor; dc: Tensor; dSequence?: Tensor };
  readonly attributes: LstmAttributes;
}

function makeProblem(options: Options): Problem {
  const { repeated = false, state = false, returnSequences = true } = options;
  const given = { ...attributes, returnSequences, timesteps: options.timesteps ?? timesteps };
  let seed = 1;
  const random = (...shape: number[]): Tensor => randomUniform(shape, -1, 1, 'float32', seed++);
  return {
    inputs: {
      input: repeated ? random(batch, features) : random(batch, given.timesteps, features),
      kernel: random(features, 4 * units),
      recurrentKernel: random(units, 4 * units),
      bias: random(4 * units),
      ...(state && { initialH: random(batch, units), initialC: random(batch, units) }),
    },
    upstream: {
      dh: random(batch, units),
      dc: random(batch, units),
      ...(returnSequences && { dSequence: random(batch, given.timesteps, units) }),
    },
    attributes: given,
  };
}

/** dInput, dKernel, dRecurrentKernel, dBias, and dInitialH and dInitialC if there is an initial state. */
function gradientsBy({ inputs, upstream, attributes }: Problem, kernels: LstmKernels): Tensor[] {
  return tidy(() => {
    const reserve = kernels.forward(inputs, attributes).slice(attributes.returnSequences ? 3 : 2);
    const gradients = kernels.gradient({ ...inputs, ...upstream }, reserve, attributes);
    const known = inputs.initialH ? 5 : 3;
    const { input, kernel } = inputs;
    return [
      kernels.inputGradient({ input, kernel }, gradients.slice(known), attributes),
      ...gradients.slice(0, known),
    ];
  });
}

function backend(): TensorflowBackend {
  return engine().backend as TensorflowBackend;
}
