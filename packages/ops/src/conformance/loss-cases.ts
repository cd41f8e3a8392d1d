import { dispose, type Scalar, type Tensor, tensor, tidy, variable } from '@tensorflow/tfjs-core';
import { huber, logCosh, meanAbsoluteError, meanSquaredError } from '../losses.ts';
import { valueAndGradients } from '../value-and-gradients.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { expectClose } from './expect-close.ts';

const prediction = [0.5, -1, 2, 3, 0, -2];
// The first is met exactly: a slope of 0 for every loss.
const target = [0.5, 0.5, 2.5, -1, 0.25, -2.5];
const shape = [1, 3, 2];
const timestepWeights = [1, 0, 0.5];
const elementWeights = [1, 0, 1, 1, 0.5, 0];

interface Loss {
  readonly of: (prediction: Tensor, target: Tensor, weights?: Tensor) => Scalar;
  /** The loss of one element's error, and its derivative. */
  readonly element: (error: number) => number;
  readonly slope: (error: number) => number;
}

const losses: Readonly<Record<string, Loss>> = {
  meanSquaredError: { of: meanSquaredError, element: (error) => error ** 2, slope: (error) => 2 * error },
  meanAbsoluteError: { of: meanAbsoluteError, element: Math.abs, slope: Math.sign },
  huber: {
    of: huber,
    element: (error) => (Math.abs(error) <= 1 ? error ** 2 / 2 : Math.abs(error) - 0.5),
    slope: (error) => Math.max(-1, Math.min(1, error)),
  },
  logCosh: { of: logCosh, element: (error) => Math.log(Math.cosh(error)), slope: Math.tanh },
};

const weightings = {
  'no weights': { weights: undefined, perElement: [1, 1, 1, 1, 1, 1] },
  'a weight for every element': { weights: { values: elementWeights, shape }, perElement: elementWeights },
  'a weight for every timestep': {
    weights: { values: timestepWeights, shape: [1, 3, 1] },
    perElement: timestepWeights.flatMap((weight) => [weight, weight]),
  },
  'weights that are all zero': {
    weights: { values: [0, 0, 0], shape: [1, 3, 1] },
    perElement: [0, 0, 0, 0, 0, 0],
  },
};

/** The derivative by the target and by the weights of a loss, by float64 finite differences of its definition. */
const byTargetAndWeights: readonly ConformanceCase[] = Object.entries(losses).flatMap(([name, loss]) =>
  [shape, [1, 3, 1], [2], []].map((weightShape) => ({
    name: `${name} has gradients by its target and by weights of shape [${weightShape.join(', ')}]`,
    async run() {
      const count = weightShape.reduce((product, size) => product * size, 1);
      const weights = [1, 0.25, 0.5, 2, 0.75, 1.5].slice(0, count);
      const perStep = String(weightShape) === '1,3,1';
      const weightOf = (values: readonly number[], k: number) =>
        values[perStep ? k >> 1 : k % Math.max(count, 1)]!;
      // Away from where the losses have a kink.
      const towards = target.map((value) => value - 0.125);
      const exact = (t: readonly number[], w: readonly number[]): number => {
        const total = prediction.reduce((sum, _, k) => sum + weightOf(w, k), 0);
        const sum = prediction.reduce((s, value, k) => s + weightOf(w, k) * loss.element(value - t[k]!), 0);
        return sum / total;
      };
      const difference = (values: readonly number[], of: (moved: readonly number[]) => number): number[] =>
        values.map(
          (value, k) => (of(values.with(k, value + 1e-6)) - of(values.with(k, value - 1e-6))) / 2e-6,
        );
      const [t, w] = tidy(() => [variable(tensor(towards, shape)), variable(tensor(weights, weightShape))]);
      const { value, gradients } = valueAndGradients(
        () => loss.of(tensor(prediction, shape), t!, w),
        [t!, w!],
      );
      const byTarget = difference(towards, (moved) => exact(moved, weights));
      const byWeights = difference(weights, (moved) => exact(towards, moved));
      expectClose('the gradient by the target', await gradients[t!.name]!.data(), byTarget, 1e-5);
      expectClose('the gradient by the weights', await gradients[w!.name]!.data(), byWeights, 1e-5);
      dispose([value, gradients, t!, w!]);
    },
  })),
);

const byPrediction: readonly ConformanceCase[] = Object.entries(losses).flatMap(([name, loss]) =>
  Object.entries(weightings).map(([weighting, { weights, perElement }]) => ({
    name: `${name} with ${weighting} is the weighted mean, and so is its gradient`,
    async run() {
      const total = perElement.reduce((sum, weight) => sum + weight, 0) || 1;
      const errors = prediction.map((value, index) => value - target[index]!);
      const mean =
        errors.reduce((sum, error, index) => sum + perElement[index]! * loss.element(error), 0) / total;
      const slopes = errors.map((error, index) => (perElement[index]! * loss.slope(error)) / total);

      const predicted = tidy(() => variable(tensor(prediction, shape)));
      const { value, gradients } = valueAndGradients(
        () =>
          tidy(() =>
            loss.of(predicted, tensor(target, shape), weights && tensor(weights.values, weights.shape)),
          ),
        [predicted],
      );
      expectClose(name, await value.data(), [mean], 1e-6);
      expectClose('its gradient', await gradients[predicted.name]!.data(), slopes, 1e-6);
      dispose([value, gradients, predicted]);
    },
  })),
);

/** Each loss under each kind of weights, value and gradients, against its definition. */
export const lossCases: readonly ConformanceCase[] = [...byPrediction, ...byTargetAndWeights];
