import { argumentError } from '@retrace/errors';
import { mul, tidy } from '@tensorflow/tfjs-core';
import type { SequenceModel } from './sequence-model.ts';
import { tensorsOf } from './tensors-of.ts';

/** Tells the weights of an encoder, its bottleneck included, from those of the rest of a model. */
export function isEncoderWeight(name: string): boolean {
  return name.startsWith('encoder/') || name.startsWith('latent/');
}

/** Copies the weights of some names from one model to another. */
export function copyWeights({
  from,
  to,
  which,
}: {
  readonly from: SequenceModel;
  readonly to: SequenceModel;
  readonly which: (name: string) => boolean;
}): void {
  const own = (model: SequenceModel) => tensorsOf(model).variables.filter(({ name }) => which(name));
  const sources = own(from);
  const targets = own(to);
  const layout = (variables: typeof sources) =>
    variables.map(({ name, variable }) => `${name} [${variable.shape.join(', ')}]`).join(', ');
  if (layout(sources) !== layout(targets)) {
    throw argumentError('encoderFrom', `a model with the weights ${layout(targets)}`, layout(sources));
  }
  targets.forEach(({ variable }, index) => {
    // A product, because a clone would share its memory with a weight that training changes.
    variable.assign(tidy(() => mul(sources[index]!.variable, 1)));
  });
}
