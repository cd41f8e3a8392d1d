import type { Forward, Head } from '@retrace/models/tensors';
import { div, mul, ones, onesLike, stack, sum, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Loss } from '../loss-spec.ts';
import { elementLoss } from '../loss-terms.ts';
import type { TensorBatch } from '../tensor-batch.ts';

// What is less than a hundredth better has learned nothing that a person would call a pattern.
const share = 0.99;

/** The heads that retrace or predict rows. */
export function rowHeads(
  heads: readonly Head[],
): readonly (Head & { readonly target: 'input' | 'target' })[] {
  return heads.filter(({ target }) => target !== 'label') as never;
}

/** The loss of each of `heads`, and what it were if it put out the mean of each feature at every step: `[heads, 2]`. */
export function lossesBesideMeans(
  heads: ReturnType<typeof rowHeads>,
  batch: TensorBatch,
  { outputs }: Pick<Forward, 'outputs'>,
  loss: Loss,
): Tensor2D {
  // How sure a model is would hide that it is wrong.
  const measure: Loss = loss.kind === 'gaussian' ? { kind: 'mse' } : loss;
  const pairs = heads.map(({ name, target }) => {
    const towards = batch.targets.get(target)!;
    const { values, weights = ones(values.shape) } = towards;
    const counts = mul(weights, onesLike(values));
    const mean = div(sum(mul(values, counts), [0, 1], true), sum(counts, [0, 1], true));
    const ofMean = elementLoss(measure, mul(mean, onesLike(values)), towards);
    return stack([elementLoss(measure, outputs[name]!, towards), ofMean]);
  });
  return stack(pairs) as Tensor2D;
}

/** Says that a head is no better than the mean; undefined where it is. */
export function meanAdvice(head: string, ofModel: number, ofMean: number): string | undefined {
  // Where all values are the same there is nothing to be better at.
  if (!(ofMean > 1e-12) || ofModel < share * ofMean) return undefined;
  return (
    `The \`${head}\` is no better than the mean of each feature: its loss is ${ofModel.toPrecision(3)}, that of the mean ` +
    `${ofMean.toPrecision(3)}. The model has not learned yet: train for more epochs, raise \`optimizer.learningRate\` or ` +
    'the units, or check that the series have a pattern within a window.'
  );
}
