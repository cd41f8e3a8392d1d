import {
  cumprod,
  dispose,
  memory,
  type Scalar,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor,
  tidy,
  variable,
} from '@tensorflow/tfjs-core';
import { createAdamState, disposeAdamState } from '../adam-state.ts';
import { adamUpdate } from '../adam-update.ts';
import { lstm } from '../lstm.ts';
import { valueAndGradients } from '../value-and-gradients.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { expectSame } from './expect-close.ts';
import { lstmProblem } from './lstm-problem.ts';
import { runProblem } from './run-problem.ts';

const sizes = { batchSize: 3, timesteps: 5, features: 2, units: 3 };

/** The number of tensors stays the same over everything the suite's operations do, failing included. */
export const leakCases: readonly ConformanceCase[] = [
  flat('lstm, forward and backward, leaves no tensor behind', async () => {
    await runProblem(lstmProblem({ sizes, masked: true, initialState: true, reverse: true }));
    await runProblem(lstmProblem({ sizes, repeated: true, returnSequences: false }));
  }),
  flat('adamUpdate leaves no tensor behind', async () => {
    const weights = tidy(() => variable(tensor([1, 2, 3])));
    const state = createAdamState([weights]);
    const gradient = tensor([3, 2, 1]);
    for (const step of [1, 2, 3]) adamUpdate([weights], { [weights.name]: gradient }, state, { step });
    disposeAdamState(state);
    dispose([weights, gradient]);
  }),
  flat('valueAndGradients leaves no tensor behind when the loss throws', () =>
    failing((outputs) => {
      throw new Error(`the loss of ${outputs.shape} gave up`);
    }),
  ),
  flat('valueAndGradients leaves no tensor behind when an operation has no gradient', () =>
    failing((outputs) => sum(cumprod(outputs))),
  ),
];

function flat(name: string, action: () => Promise<void>): ConformanceCase {
  return {
    name,
    async run() {
      // The first round may fill a backend's own caches.
      await action();
      const before = memory().numTensors;
      await action();
      expectSame('the number of tensors', memory().numTensors, before);
    },
  };
}

async function failing(loss: (outputs: Tensor3D) => Scalar): Promise<void> {
  const { inputs } = lstmProblem({ sizes });
  const kernel = tidy(() => variable(tensor([...inputs.kernel], [2, 12])));
  let failed = false;
  try {
    valueAndGradients(
      () =>
        tidy(() => {
          const weights = {
            kernel: kernel as unknown as Tensor2D,
            recurrentKernel: tensor([...inputs.recurrentKernel], [3, 12]) as Tensor2D,
            bias: tensor([...inputs.bias]) as Tensor1D,
          };
          const input = tensor([...inputs.input], [3, 5, 2]) as Tensor3D;
          return loss(lstm(input, weights, { returnSequences: true }).output);
        }),
      [kernel],
    );
  } catch {
    failed = true;
  }
  kernel.dispose();
  expectSame('whether it failed', failed, true);
}
