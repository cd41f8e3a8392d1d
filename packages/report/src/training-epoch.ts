import { argumentError, checkNumber } from '@retrace/errors';

/** One epoch of training; a loss that is not finite breaks its curve. */
export interface TrainingEpoch {
  readonly epoch: number;
  readonly loss: number;
  readonly validationLoss?: number;
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
    const { epoch, loss, validationLoss = 0 } = entry;
    if (checkNumber(`${path}.epoch`, epoch) <= previous) {
      throw argumentError(`${path}.epoch`, 'later than the epoch before', epoch);
    }
    if (typeof loss !== 'number') throw argumentError(`${path}.loss`, 'a number', loss);
    if (typeof validationLoss !== 'number') {
      throw argumentError(`${path}.validationLoss`, 'a number or undefined', validationLoss);
    }
    previous = epoch;
  }
}
