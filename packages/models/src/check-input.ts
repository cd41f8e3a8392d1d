import { argumentError, checkInteger, RetraceError } from '@retrace/errors';
import type { ModelInput } from './sequence-model.ts';
import type { ModelSpec } from './spec.ts';

/**
 * Refuses a batch that does not fit the model or holds a number that is not finite.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for a wrong length; `RETRACE_NOT_FINITE` naming window, step and feature.
 */
export function checkInput({ size, input, mask }: ModelInput, { timesteps, features }: ModelSpec): void {
  checkInteger('batch.size', size, { min: 1 });
  const length = size * timesteps * features;
  if (!(input instanceof Float32Array) || input.length !== length) {
    const shape = `[${size}, ${timesteps}, ${features}]`;
    throw argumentError('batch.input', `a Float32Array of length ${length} for ${shape} windows`, input);
  }
  if (mask && mask.length !== size * timesteps) {
    throw argumentError(
      'batch.mask',
      `of length ${size * timesteps} for [${size}, ${timesteps}] steps`,
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
