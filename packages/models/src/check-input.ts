import { argumentError, checkInteger, RetraceError } from '@retrace/errors';
import type { ModelInput } from './sequence-model.ts';
import type { ModelSpec } from './spec.ts';

/**
 * Refuses a batch that does not fit the model or holds a number that is not finite.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for a wrong type or length; `RETRACE_NOT_FINITE` naming window, step and feature.
 */
export function checkInput(batch: ModelInput, { timesteps, features }: ModelSpec): void {
  if (typeof batch !== 'object' || batch === null)
    throw argumentError('batch', 'an object with `size` and `input`', batch);
  const { size, input, mask } = batch;
  checkInteger('batch.size', size, { min: 1 });
  const length = size * timesteps * features;
  if (!(input instanceof Float32Array) || input.length !== length) {
    const shape = `[${size}, ${timesteps}, ${features}]`;
    throw argumentError('batch.input', `a Float32Array of length ${length} for ${shape} windows`, input);
  }
  const steps = size * timesteps;
  if (mask !== undefined && !(mask instanceof Uint8Array && mask.length === steps)) {
    throw argumentError(
      'batch.mask',
      `a Uint8Array of length ${steps} for [${size}, ${timesteps}] steps`,
      mask,
    );
  }
  const at = input.findIndex((value) => !Number.isFinite(value));
  if (at === -1) return;
  const details = {
    window: Math.floor(at / (timesteps * features)),
    step: Math.floor(at / features) % timesteps,
    feature: at % features,
  };
  throw new RetraceError(
    'RETRACE_NOT_FINITE',
    `\`batch.input\` holds ${input[at]} at window ${details.window}, step ${details.step}, feature ${details.feature}. ` +
      'Mark missing cells as not observed, so that they become 0, before they reach a model.',
    details,
  );
}
