import { argumentError } from '@retrace/errors';
import type { Forward, Head, TensorModel } from '@retrace/models/tensors';
import {
  crossEntropy,
  gaussianNegativeLogLikelihood,
  huber,
  logCosh,
  meanAbsoluteError,
  meanSquaredError,
} from '@retrace/ops';
import {
  addN,
  mul,
  type Scalar,
  stack,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Loss } from './loss-spec.ts';
import type { TargetTensors, TensorBatch } from './tensor-batch.ts';
import type { TermMean } from './term-mean.ts';

/** One summand of the loss over a batch: that of a head, or an added one. */
export interface LossTerm {
  /** The head's name, or the added loss's. */
  readonly name: string;
  /** Its weight in the sum. */
  readonly coefficient: number;
  /** Its mean over the batch. */
  readonly value: Scalar;
  /** What the mean was taken over: the sum of the elements' weights for a head, the windows for an added loss. */
  readonly total: number;
}

/**
 * Computes the terms of a model's loss over a batch: those of its heads, then the added ones.
 *
 * @param headOf The weight of each head in the sum. Default: that of the spec.
 * @throws `RETRACE_INVALID_ARGUMENT` naming an added loss that returns no scalar.
 */
export function lossTerms(
  { heads, losses, variables }: Pick<TensorModel, 'heads' | 'losses' | 'variables'>,
  batch: TensorBatch,
  forward: Forward,
  loss: Loss,
  headOf: (head: Head) => number = ({ weight }) => weight,
): LossTerm[] {
  const ofHeads = heads.map((head) => {
    const { name, target } = head;
    const coefficient = headOf(head);
    if (target === 'label') {
      const { classes, weights, total } = batch.labels!;
      const value = crossEntropy(forward.activations.logits as Tensor2D, classes, weights);
      return { name, coefficient, value, total };
    }
    const towards = batch.targets.get(target)!;
    const logVariance = head.logVariance === undefined ? undefined : forward.outputs[head.logVariance];
    const value = elementLoss(loss, forward.outputs[name]!, towards, logVariance);
    return { name, coefficient, value, total: towards.total };
  });
  const weights = Object.fromEntries(variables.map(({ name, variable }) => [name, variable]));
  const added = losses.map(({ name, weight, loss: lossOf }) => {
    const value = lossOf({ ...forward, ...batch.input, weights });
    if (value?.rank !== 0)
      throw argumentError(
        `addLoss('${name}')`,
        'a function that returns a scalar tensor',
        value?.shape ?? value,
      );
    return { name, coefficient: weight, value, total: batch.size };
  });
  return [...ofHeads, ...added];
}

/** The loss as a tensor: the sum over the terms of coefficient · value. */
export function sumTerms(terms: readonly LossTerm[]): Scalar {
  const weighted = terms.map(({ coefficient, value }) =>
    coefficient === 1 ? value : mul<Scalar>(value, coefficient),
  );
  return weighted.length === 1 ? weighted[0]! : addN(weighted);
}

/** The terms' values as one tensor `[terms]`, to be read at once. */
export function stackTerms(terms: readonly LossTerm[]): Tensor1D {
  return stack(terms.map(({ value }) => value)) as Tensor1D;
}

/** Joins the terms with their values as read from the backend. */
export function readTerms(terms: readonly LossTerm[], values: ArrayLike<number>): TermMean[] {
  return terms.map(({ name, coefficient, total }, k) => ({ name, coefficient, total, mean: values[k]! }));
}

/** The mean loss of a head's output, over the elements that count. */
export function elementLoss(
  loss: Loss,
  output: Tensor,
  { values, weights }: TargetTensors,
  logVariance?: Tensor,
): Scalar {
  switch (loss.kind) {
    case 'mse':
      return meanSquaredError(output, values, weights);
    case 'mae':
      return meanAbsoluteError(output, values, weights);
    case 'logCosh':
      return logCosh(output, values, weights);
    case 'gaussian':
      return gaussianNegativeLogLikelihood(output, values, logVariance!, weights);
    case 'huber':
      return huber(output, values, weights, { delta: loss.delta });
  }
}
