import '@tensorflow/tfjs-backend-cpu';
import {
  concat,
  enableProdMode,
  type KernelFunc,
  memory,
  ones,
  registerKernel,
  setBackend,
  slice,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor,
  unregisterKernel,
  zeros,
} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectClose } from './conformance/expect-close.ts';
import { float64Lstm } from './conformance/float64-lstm.ts';
import { lstmProblem } from './conformance/lstm-problem.ts';
import { runProblem } from './conformance/run-problem.ts';
import {
  activations,
  installGradients,
  type LstmAttributes,
  type LstmInputs,
  type LstmOptions,
  lstm,
  lstmKernelNames,
  lstmReference,
  repeated,
} from './index.ts';

beforeAll(async () => {
  enableProdMode();
  await setBackend('cpu');
  installGradients();
});

describe('lstm(input, weights, options)', () => {
  it('gives the values of float64 for any sizes and options', async () => {
    const size = fc.integer({ min: 1, max: 6 });
    const sizes = fc.record({ batchSize: size, timesteps: size, features: size, units: size });
    const switches = ['masked', 'initialState', 'returnSequences', 'reverse', 'repeated'] as const;
    const options = fc.record({
      sizes,
      ...(Object.fromEntries(switches.map((name) => [name, fc.boolean()])) as Record<
        (typeof switches)[number],
        fc.Arbitrary<boolean>
      >),
      activation: fc.constantFrom(...activations),
      // Gates without a bound grow as the exponential of an exponential, out of float32's range.
      recurrentActivation: fc.constantFrom('sigmoid' as const, 'tanh' as const, 'hardSigmoid' as const),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(options, async (given) => {
        const problem = lstmProblem(given);
        const { outputs } = await runProblem(problem);
        // The tolerance is relative to the largest value, since linear and relu cells grow from step to step.
        for (const [name, expected] of Object.entries(float64Lstm(problem)))
          expectClose(name, outputs[name]!, expected, 1e-4);
      }),
      { numRuns: 50 },
    );
  });

  it('changes no bit under a mask of ones, nor by padding in front', () => {
    const { inputs } = lstmProblem({ sizes: { batchSize: 2, timesteps: 9, features: 3, units: 5 } });
    const weights = {
      kernel: tensor([...inputs.kernel], [3, 20]) as Tensor2D,
      recurrentKernel: tensor([...inputs.recurrentKernel], [5, 20]) as Tensor2D,
      bias: tensor([...inputs.bias]) as Tensor1D,
    };
    const input = tensor([...inputs.input], [2, 9, 3]) as Tensor3D;
    const run = (x: Tensor3D, mask?: Tensor2D) =>
      lstm(x, weights, { returnSequences: true, ...(mask && { mask }) }).output;
    const bare = run(input).dataSync();
    expect(run(input, ones([2, 9]) as Tensor2D).dataSync()).toEqual(bare);
    const mask = concat([zeros([2, 4]), ones([2, 9])], 1) as Tensor2D;
    const padded = run(concat([zeros([2, 4, 3]), input], 1) as Tensor3D, mask);
    expect(slice(padded, [0, 4, 0]).dataSync()).toEqual(bare);
  });

  const [batchSize, timesteps, features, units] = [2, 4, 3, 5];
  const input = () => zeros([batchSize, timesteps, features]) as Tensor3D;
  const weights = () => ({
    kernel: zeros([features, 4 * units]) as Tensor2D,
    recurrentKernel: zeros([units, 4 * units]) as Tensor2D,
    bias: zeros([4 * units]) as Tensor1D,
  });
  const state = (rows: number) => zeros([rows, units]) as Tensor2D;

  it.each<[string, () => unknown, string]>([
    ['an input of rank 2', () => lstm(zeros([2, 3]) as never, weights()), '`input` must be a float32 tensor'],
    ['an empty batch', () => lstm(zeros([0, 4, 3]) as Tensor3D, weights()), 'shape [0, 4, 3]'],
    ['an integer input', () => lstm(zeros([2, 4, 3], 'int32') as Tensor3D, weights()), 'Received: "int32"'],
    ['no input', () => lstm(undefined as never, weights()), '`input`'],
    ['a kernel of other features', () => lstm(zeros([2, 4, 2]) as Tensor3D, weights()), '`kernel`'],
    [
      'a recurrent kernel that is not [u, 4u]',
      () => lstm(input(), { ...weights(), recurrentKernel: zeros([5, 19]) as Tensor2D }),
      '`recurrentKernel` must be a float32 tensor of shape [5, 20]. Received: shape [5, 19]',
    ],
    [
      'a bias of another size',
      () => lstm(input(), { ...weights(), bias: zeros([19]) as Tensor1D }),
      '`bias`',
    ],
    ['no weights', () => lstm(input(), {} as never), '`recurrentKernel`'],
    [
      'a state of another batch',
      () => lstm(input(), weights(), { initialState: { h: state(3), c: state(2) } }),
      '`initialState.h`',
    ],
    [
      'half a state',
      () => lstm(input(), weights(), { initialState: { h: state(2) } as never }),
      '`initialState.c`',
    ],
    [
      'a mask of another length',
      () => lstm(input(), weights(), { mask: zeros([2, 3]) as Tensor2D }),
      '`mask`',
    ],
    [
      'an unknown activation',
      () => lstm(input(), weights(), { activation: 'sigmod' as never }),
      "Did you mean 'sigmoid'?",
    ],
    [
      'an unknown recurrent activation',
      () => lstm(input(), weights(), { recurrentActivation: 'hard_sigmoid' as never }),
      "Did you mean 'hardSigmoid'?",
    ],
    [
      'an unknown option',
      () => lstm(input(), weights(), { returnSequence: true } as LstmOptions),
      '`returnSequences`',
    ],
    ['a flag that is no boolean', () => lstm(input(), weights(), { reverse: 1 as never }), '`reverse`'],
    [
      'no timesteps',
      () => repeated(zeros([2, 3]) as Tensor2D, 0),
      '`timesteps` must be an integer of at least 1',
    ],
    [
      'a hand-made repeated input without timesteps',
      () => lstm({ latent: zeros([2, 3]) } as never, weights()),
      '`input.timesteps`',
    ],
    ['a latent of rank 3', () => repeated(zeros([2, 1, 3]) as never, 2), '`latent`'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ code: expect.stringMatching(/^RETRACE_INVALID_/) }));
  });

  it('leaves only its outputs behind', () => {
    const [x, w] = [input(), weights()];
    const before = memory().numTensors;
    const { output, h, c } = lstm(x, w, { returnSequences: true });
    expect(memory().numTensors).toBe(before + 3);
    for (const tensor of [output, h, c]) tensor.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('kernels registered for the backend', () => {
  afterEach(() => {
    for (const name of Object.values(lstmKernelNames)) unregisterKernel(name, 'cpu');
  });

  it.each([
    ['every timestep, masked', { returnSequences: true, masked: true }],
    ['the last timestep, repeated', { returnSequences: false, repeated: true }],
  ])('take the place of the reference, and are given what they need: %s', async (_, options) => {
    const problem = lstmProblem({ sizes: { batchSize: 2, timesteps: 3, features: 2, units: 2 }, ...options });
    const reference = await runProblem(problem);
    const calls = { forward: 0, gradient: 0, inputGradient: 0 };
    const parts: Record<keyof typeof calls, KernelFunc> = {
      forward({ inputs, attrs }) {
        calls.forward++;
        return lstmReference.forward(inputs as unknown as LstmInputs, attrs as unknown as LstmAttributes);
      },
      gradient({ inputs, attrs }) {
        calls.gradient++;
        const { reserve, rest } = numbered(inputs as Record<string, Tensor>, 'reserve');
        return lstmReference.gradient(rest as never, reserve, attrs as unknown as LstmAttributes);
      },
      inputGradient({ inputs, attrs }) {
        calls.inputGradient++;
        const { reserve, rest } = numbered(inputs as Record<string, Tensor>, 'pending');
        return lstmReference.inputGradient(rest as never, reserve, attrs as unknown as LstmAttributes);
      },
    };
    for (const [part, kernelName] of Object.entries(lstmKernelNames))
      registerKernel({ kernelName, backendName: 'cpu', kernelFunc: parts[part as keyof typeof calls] });

    expect(await runProblem(problem)).toEqual(reference);
    // Once for the outputs, once for the gradient.
    expect(calls).toEqual({ forward: 2, gradient: 1, inputGradient: 1 });
  });
});

function numbered(inputs: Record<string, Tensor>, prefix: string): { reserve: Tensor[]; rest: object } {
  const own = Object.entries(inputs).filter(([name]) => name.startsWith(prefix));
  const rest = Object.entries(inputs).filter(([name]) => !name.startsWith(prefix));
  return { reserve: own.map(([, tensor]) => tensor), rest: Object.fromEntries(rest) };
}
