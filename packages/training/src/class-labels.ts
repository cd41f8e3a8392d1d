import { argumentError, checkNumber, RetraceError } from '@retrace/errors';
import type { TensorModel } from '@retrace/models/tensors';
import type { WindowBatch } from '@retrace/windowing';
import { type Tensor1D, tensor1d } from '@tensorflow/tfjs-core';
import type { ClassWeight } from './class-weight.ts';

/** The classes of a batch's windows. */
export interface ClassLabels {
  /** `[batch]`, int32 */
  readonly classes: Tensor1D;
  /** `[batch]`; absent where every window weighs 1. */
  readonly weights: Tensor1D | undefined;
  /** The sum of the weights. */
  readonly total: number;
}

/** Moves the labels of a batch to the backend, as classes. */
export function uploadLabels({ size, label, weight }: WindowBatch, classWeight?: ClassWeight): ClassLabels {
  const classes = tensor1d(Int32Array.from(label!), 'int32');
  if (!weight && !classWeight) return { classes, weights: undefined, total: size };
  const weights = Float32Array.from(label!, (of, k) => (weight?.[k] ?? 1) * (classWeight?.[of] ?? 1));
  return { classes, weights: tensor1d(weights), total: weights.reduce((sum, one) => sum + one, 0) };
}

/**
 * Refuses windows whose label is no class of the model; models without classes take any label.
 *
 * @throws `RETRACE_CLASS_LABEL` naming the window.
 */
export function checkLabels(
  argument: string,
  { label }: WindowBatch,
  indices: ArrayLike<number>,
  model: Pick<TensorModel, 'spec' | 'heads'>,
): void {
  const classes = classesOf(model);
  if (classes === undefined) return;
  const wrong = label!.findIndex((of) => !Number.isInteger(of) || of < 0 || of >= classes);
  if (wrong < 0) return;
  const details = { argument, window: indices[wrong], label: label![wrong] };
  throw new RetraceError(
    'RETRACE_CLASS_LABEL',
    `The label of window ${details.window} of \`${argument}\` must be a class of the model, an integer from 0 to ` +
      `${classes - 1}. Received: ${details.label}.`,
    details,
  );
}

/**
 * Refuses class weights that the model has no use for.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`
 */
export function checkClassWeight(
  classWeight: ClassWeight | undefined,
  model: Pick<TensorModel, 'spec' | 'heads'>,
): void {
  if (classWeight === undefined) return;
  const classes = classesOf(model);
  if (classes === undefined) {
    throw argumentError(
      'classWeight',
      `absent for a model of kind '${model.spec.kind}', which has no classes`,
      classWeight,
    );
  }
  if (typeof classWeight !== 'object' || classWeight === null) {
    throw argumentError('classWeight', 'an object of weights by class', classWeight);
  }
  for (const [name, weight] of Object.entries(classWeight)) {
    if (!(Number.isInteger(Number(name)) && Number(name) >= 0 && Number(name) < classes)) {
      throw argumentError('classWeight', `weights of the classes 0 to ${classes - 1}`, name);
    }
    checkNumber(`classWeight[${name}]`, weight, { min: 0 });
  }
}

function classesOf({ spec, heads }: Pick<TensorModel, 'spec' | 'heads'>): number | undefined {
  return heads.some(({ target }) => target === 'label') && 'classes' in spec ? spec.classes : undefined;
}
