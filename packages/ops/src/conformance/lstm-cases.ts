import type { ConformanceCase } from './conformance-case.ts';
import { expectClose } from './expect-close.ts';
import { float64Loss, float64Lstm } from './float64-lstm.ts';
import { type LstmArrays, type LstmProblem, type LstmProblemOptions, lstmProblem } from './lstm-problem.ts';
import { runProblem } from './run-problem.ts';

const small = { batchSize: 3, timesteps: 5, features: 2, units: 3 };

const problems: Readonly<Record<string, LstmProblemOptions>> = {
  'every timestep': { sizes: small },
  'the last timestep only': { sizes: small, returnSequences: false },
  'an initial state': { sizes: small, initialState: true },
  'a mask': { sizes: small, masked: true },
  'a mask and the last timestep only': { sizes: small, masked: true, returnSequences: false },
  'a mask and an initial state': { sizes: small, masked: true, initialState: true, seed: 5 },
  'a mask, an initial state, last timestep only': {
    ...{ sizes: small, masked: true, initialState: true, returnSequences: false, seed: 6 },
  },
  'reversed time': { sizes: small, reverse: true },
  'reversed time, a mask and an initial state': {
    sizes: small,
    reverse: true,
    masked: true,
    initialState: true,
  },
  'a repeated input': { sizes: small, repeated: true },
  'a repeated input, an initial state and a mask': {
    sizes: small,
    repeated: true,
    initialState: true,
    masked: true,
  },
  'a repeated input in reversed time': { sizes: small, repeated: true, reverse: true },
  'relu and hardSigmoid': { sizes: small, activation: 'relu', recurrentActivation: 'hardSigmoid' },
  'linear and sigmoid': { sizes: small, activation: 'linear' },
  'sigmoid and tanh': { sizes: small, activation: 'sigmoid', recurrentActivation: 'tanh' },
  'hardSigmoid and relu': { sizes: small, activation: 'hardSigmoid', recurrentActivation: 'relu', seed: 9 },
  ...Object.fromEntries(
    [
      { batchSize: 1, timesteps: 1, features: 1, units: 1 },
      { batchSize: 3, timesteps: 7, features: 5, units: 5 },
      { batchSize: 5, timesteps: 3, features: 1, units: 7 },
      { batchSize: 7, timesteps: 5, features: 7, units: 1 },
      { batchSize: 1, timesteps: 127, features: 3, units: 3 },
      { batchSize: 127, timesteps: 3, features: 5, units: 3 },
      { batchSize: 3, timesteps: 3, features: 127, units: 5 },
      { batchSize: 1, timesteps: 3, features: 3, units: 127 },
    ].map((sizes) => [`sizes ${Object.values(sizes).join(', ')}`, { sizes, initialState: true }]),
  ),
};

/** Every form of the operation, forward against float64 and backward against float64 finite differences. */
export const lstmCases: readonly ConformanceCase[] = Object.entries(problems).map(([name, options]) => ({
  name: `lstm with ${name} gives the values and gradients of float64`,
  async run() {
    const problem = lstmProblem(options);
    const { outputs, gradients } = await runProblem(problem);
    const expected = float64Lstm(problem);
    // Rounding of float32 is 6e-8; sums over 127 terms and as many steps, and a backend's approximation of tanh
    // and exp, cost up to two decimal digits of it.
    for (const output of ['output', 'h', 'c'] as const)
      expectClose(output, outputs[output]!, expected[output], 1e-5);
    for (const input of differentiatedInputs(problem)) {
      const coordinates = someCoordinates(problem.inputs[input]!.length);
      const differences = coordinates.map((index) => centralDifference(problem, input, index));
      const gradient = coordinates.map((index) => gradients[input]![index]!);
      expectClose(`the gradient by ${input}`, gradient, differences, 3e-5);
    }
  },
}));

function differentiatedInputs({ inputs }: LstmProblem): (keyof LstmArrays)[] {
  const names = ['input', 'kernel', 'recurrentKernel', 'bias', 'initialH', 'initialC'] as const;
  return names.filter((name) => inputs[name]);
}

/** All coordinates of a short array, and 16 spread over a long one, its first and last among them. */
function someCoordinates(length: number): number[] {
  const count = Math.min(length, 16);
  return Array.from({ length: count }, (_, k) => Math.round((k * (length - 1)) / Math.max(count - 1, 1)));
}

/** The derivative of the loss; its own error is about 1e-10. */
function centralDifference(problem: LstmProblem, input: keyof LstmArrays, index: number): number {
  const step = 1e-5;
  const lossAt = (shift: number): number => {
    const values = problem.inputs[input]!.slice();
    values[index]! += shift;
    return float64Loss({ ...problem, inputs: { ...problem.inputs, [input]: values } });
  };
  return (lossAt(step) - lossAt(-step)) / (2 * step);
}
