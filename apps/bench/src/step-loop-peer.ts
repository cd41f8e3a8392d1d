import { tensorsOf } from '@retrace/models/tensors';
import {
  adamUpdate,
  createAdamState,
  disposeAdamState,
  meanSquaredError,
  valueAndGradients,
} from '@retrace/ops';
import { type Scalar, type Tensor3D, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Peer } from './peer.ts';
import type { Problem } from './problem.ts';

/**
 * Our own operations in the shortest loop that trains: upload, forward, backward, Adam, and the loss read. What `fit`
 * takes beside it is what its batches, checks and records cost.
 */
export function stepLoopPeer(threads: number): Peer {
  let problem: Problem | undefined;
  return {
    name: 'bare step loop',
    version: 'of the same operations',
    threads,
    phases: ['train'],
    async load(next) {
      problem = next;
    },
    async outputs() {
      const { model, input, shape } = problem!;
      return (await model.run({ size: shape.batch, input })).reconstruction!;
    },
    async run(_, steps) {
      const { input, shape } = problem!;
      const model = tensorsOf(problem!.model);
      const variables = model.variables.map(({ variable }) => variable);
      const state = createAdamState(variables);
      const times: number[] = [];
      for (let step = 1; step <= steps; step++) {
        const begin = performance.now();
        const loss = tidy(() => {
          const batch: Tensor3D = tensor(input.slice(), [shape.batch, shape.timesteps, shape.features]);
          const { value, gradients } = valueAndGradients(() => {
            const { outputs } = model.forward({ input: batch }, { training: true });
            return meanSquaredError(outputs.reconstruction!, batch);
          }, variables);
          adamUpdate(variables, gradients, state, { step, learningRate: 1e-3 });
          return value as Scalar;
        });
        await loss.data();
        loss.dispose();
        times.push(performance.now() - begin);
      }
      disposeAdamState(state);
      return times;
    },
    close() {},
  };
}
