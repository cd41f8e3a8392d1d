import { RetraceError } from '@retrace/errors';

// On the model itself and under a global symbol, so that two copies of this package respect each other's lock.
const lock = Symbol.for('@retrace/training/lock');

/**
 * Claims a model for one fit, and returns the function that releases it.
 *
 * @throws `RETRACE_BUSY` if another fit holds it.
 */
export function lockModel(model: object): () => void {
  if (Reflect.has(model, lock)) {
    throw new RetraceError(
      'RETRACE_BUSY',
      'This model is being trained by another `fit`. Await that one first, abort it by its `signal`, or leave its ' +
        '`epochsOf` loop with `break`.',
    );
  }
  Reflect.defineProperty(model, lock, { value: true, configurable: true });
  return () => void Reflect.deleteProperty(model, lock);
}
