import { argumentError, checkNumber } from '@retrace/errors';

/** One epoch of training, as `fit` tells it; a number that is not finite breaks its curve. */
export interface TrainingEpoch {
  readonly epoch: number;
  readonly loss: number;
  readonly validationLoss?: number;
  /** The mean global norm of the gradients. */
  readonly gradientNorm?: number;
  readonly learningRate?: number;
}

/**
 * Refuses a history that is empty or whose epochs do not ascend.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`.
 */
export function checkHistory(argument: string, history: readonly TrainingEpoch[]): void {
  if (!Array.isArray(history) || history.length === 0) {
    throw argumentError(argument, 'an array of at least one epoch', history);
  }
  let previous = -Infinity;
  for (const [index, entry] of history.entries()) {
    const path = `${argument}[${index}]`;
    if (typeof entry !== 'object' || entry === null) throw argumentError(path, 'an object', entry);
    const { epoch, loss } = entry;
    if (checkNumber(`${path}.epoch`, epoch) <= previous) {
      throw argumentError(`${path}.epoch`, 'later than the epoch before', epoch);
    }
    if (typeof loss !== 'number') throw argumentError(`${path}.loss`, 'a number', loss);
    for (const name of ['validationLoss', 'gradientNorm', 'learningRate'] as const) {
      if (!['number', 'undefined'].includes(typeof entry[name]))
        throw argumentError(`${path}.${name}`, 'a number or undefined', entry[name]);
    }
    previous = epoch;
  }
}
