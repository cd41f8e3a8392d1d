import { argumentError } from '@retrace/errors';
import { mul, tidy } from '@tensorflow/tfjs-core';
import type { SequenceModel } from './sequence-model.ts';
import { tensorsOf } from './tensors-of.ts';

/** Copies the weights of the encoder, its bottleneck included, from one model to another. */
export function copyEncoder(from: SequenceModel, to: SequenceModel): void {
  const [sources, targets] = [encoderWeights(from), encoderWeights(to)];
  if (targets.length === 0) {
    throw argumentError(
      'encoderFrom',
      `absent for a model of kind '${to.spec.kind}', which has no encoder`,
      from.spec.kind,
    );
  }
  const [received, expected] = [layout(sources), layout(targets)];
  if (received !== expected)
    throw argumentError('encoderFrom', `a model with the weights ${expected}`, received);
  targets.forEach(({ variable }, index) => {
    // A product, because a clone would share its memory with a weight that training changes.
    tidy(() => variable.assign(mul(sources[index]!.variable, 1)));
  });
}

type Variables = ReturnType<typeof tensorsOf>['variables'];

function encoderWeights(model: SequenceModel): Variables {
  return tensorsOf(model).variables.filter(({ name }) => /^(encoder|latent)\//.test(name));
}

function layout(variables: Variables): string {
  return variables.map(({ name, variable }) => `${name} [${variable.shape.join(', ')}]`).join(', ') || 'none';
}
