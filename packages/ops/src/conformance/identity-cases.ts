import {
  reshape,
  reverse as reverseTime,
  slice,
  stack,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tensor,
  tidy,
  tile,
} from '@tensorflow/tfjs-core';
import { dense } from '../dense.ts';
import { type LstmState, lstm } from '../lstm.ts';
import { lstmStep } from '../lstm-step.ts';
import { repeated } from '../repeated.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { expectClose } from './expect-close.ts';
import { type LstmProblem, lstmProblem } from './lstm-problem.ts';

const sizes = { batchSize: 3, timesteps: 5, features: 2, units: 3 };
const problem = lstmProblem({ sizes, initialState: true });
const repeatedProblem = lstmProblem({ sizes, repeated: true });

/** Two ways to the same numbers, each compared to the last digit or two of float32. */
export const identityCases: readonly ConformanceCase[] = [
  identity('lstm of a repeated input is lstm of the input repeated', () => {
    const { batchSize, timesteps, features } = sizes;
    const weights = weightsOf(repeatedProblem);
    const latent = tensor([...repeatedProblem.inputs.input], [batchSize, features]) as Tensor2D;
    const materialised = tile(reshape(latent, [batchSize, 1, features]), [1, timesteps, 1]) as Tensor3D;
    return [
      lstm(repeated(latent, timesteps), weights, { returnSequences: true }).output,
      lstm(materialised, weights, { returnSequences: true }).output,
    ];
  }),
  identity('lstm in reversed time is lstm of the flipped input, flipped', () => {
    const flipped = reverseTime(inputOf(problem), 1);
    const { output } = lstm(flipped, weightsOf(problem), { returnSequences: true });
    return [
      lstm(inputOf(problem), weightsOf(problem), { returnSequences: true, reverse: true }).output,
      reverseTime(output, 1),
    ];
  }),
  identity('lstm under a mask of ones is lstm without a mask', () => {
    const initialState = stateOf(problem);
    const mask = tensor(new Array(15).fill(1), [3, 5]) as Tensor2D;
    const options = { initialState, returnSequences: true } as const;
    return [
      lstm(inputOf(problem), weightsOf(problem), { ...options, mask }).output,
      lstm(inputOf(problem), weightsOf(problem), options).output,
    ];
  }),
  identity('lstmStep timestep by timestep is lstm', () => {
    const { batchSize, timesteps, features } = sizes;
    const input = inputOf(problem);
    const outputs: Tensor[] = [];
    let state = stateOf(problem);
    for (let t = 0; t < timesteps; t++) {
      const x = reshape(slice(input, [0, t, 0], [batchSize, 1, features]), [batchSize, features]) as Tensor2D;
      state = lstmStep(x, state, weightsOf(problem));
      outputs.push(state.h);
    }
    const options = { initialState: stateOf(problem), returnSequences: true } as const;
    return [stack(outputs, 1), lstm(input, weightsOf(problem), options).output];
  }),
  identity('dense over time is dense of every timestep as a row', () => {
    const { batchSize, timesteps, features } = sizes;
    const { kernel, bias } = weightsOf(problem);
    const input = inputOf(problem);
    const rows = dense(reshape(input, [batchSize * timesteps, features]) as Tensor2D, kernel, bias);
    return [dense(input, kernel, bias), reshape(rows, [batchSize, timesteps, -1])];
  }),
];

function identity(name: string, sides: () => [Tensor, Tensor]): ConformanceCase {
  return {
    name,
    async run() {
      const [left, right] = tidy(sides);
      expectClose('the left side', await left.data(), await right.data(), 1e-6);
      left.dispose();
      right.dispose();
    },
  };
}

function inputOf({ inputs }: LstmProblem): Tensor3D {
  return tensor([...inputs.input], [sizes.batchSize, sizes.timesteps, sizes.features]) as Tensor3D;
}

function weightsOf({ inputs }: LstmProblem): Parameters<typeof lstm>[1] {
  const { features, units } = sizes;
  return {
    kernel: tensor([...inputs.kernel], [features, 4 * units]) as Tensor2D,
    recurrentKernel: tensor([...inputs.recurrentKernel], [units, 4 * units]) as Tensor2D,
    bias: tensor([...inputs.bias], [4 * units]),
  };
}

function stateOf({ inputs }: LstmProblem): LstmState {
  const shape: [number, number] = [sizes.batchSize, sizes.units];
  return {
    h: tensor([...inputs.initialH!], shape) as Tensor2D,
    c: tensor([...inputs.initialC!], shape) as Tensor2D,
  };
}
