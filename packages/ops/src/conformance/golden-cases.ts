import { tensor, tidy, variable } from '@tensorflow/tfjs-core';
import { createAdamState, disposeAdamState, readAdamState } from '../adam-state.ts';
import { adamUpdate } from '../adam-update.ts';
import { huber, meanAbsoluteError, meanSquaredError } from '../losses.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { expectClose } from './expect-close.ts';
import { kerasGolden } from './fixtures/keras-golden.ts';
import { runProblem } from './run-problem.ts';

const lstmGolden: ConformanceCase[] = kerasGolden.lstm.map((golden) => ({
  name: `lstm gives the values and gradients of Keras: ${golden.name}`,
  async run() {
    const { outputs, gradients } = await runProblem(golden);
    // Two decimal digits above float32 rounding, as for the float64 cases.
    for (const [name, expected] of Object.entries(golden.outputs))
      expectClose(name, outputs[name]!, expected, 1e-5);
    for (const [name, expected] of Object.entries(golden.gradients))
      expectClose(`the gradient by ${name}`, gradients[name]!, expected, 1e-5);
  },
}));

const losses = { meanSquaredError, meanAbsoluteError, huber };

const lossGolden: ConformanceCase[] = kerasGolden.losses.map(({ name, prediction, target, value }) => ({
  name: `${name} gives the value of Keras`,
  async run() {
    const loss = tidy(() =>
      losses[name as keyof typeof losses](tensor([...prediction]), tensor([...target])),
    );
    expectClose(name, await loss.data(), [value], 1e-6);
    loss.dispose();
  },
}));

const adamGolden: ConformanceCase = {
  name: 'adamUpdate gives the values and moments of Keras',
  async run() {
    const { start, gradients, values, learningRate, first, second } = kerasGolden.adam;
    const weights = tidy(() => variable(tensor([...start])));
    const state = createAdamState([weights]);
    for (const [index, gradient] of gradients.entries()) {
      const given = tensor([...gradient]);
      adamUpdate([weights], { [weights.name]: given }, state, { step: index + 1, learningRate });
      given.dispose();
      expectClose(`the value after update ${index + 1}`, await weights.data(), values[index]!, 1e-6);
    }
    const moments = (await readAdamState(state))[weights.name]!;
    expectClose('the first moment', moments.first, first, 1e-7);
    expectClose('the second moment', moments.second, second, 1e-7);
    disposeAdamState(state);
    weights.dispose();
  },
};

/** What Keras 3 computed, in `fixtures/keras-golden.ts`. */
export const goldenCases: readonly ConformanceCase[] = [...lstmGolden, ...lossGolden, adamGolden];
