import { argumentError, RetraceError } from '@retrace/errors';
import type { TensorModel } from '@retrace/models/tensors';
import type { Loss } from './loss-spec.ts';

/**
 * Refuses a model that has no loss or no weight to train, or whose outputs the loss cannot take.
 *
 * @throws `RETRACE_NOTHING_TO_TRAIN`, `RETRACE_INVALID_ARGUMENT`
 */
export function checkTrainable({ spec, heads, losses, variables }: TensorModel, loss: Loss): void {
  const refuse = (why: string) => {
    throw new RetraceError('RETRACE_NOTHING_TO_TRAIN', why, { kind: spec.kind });
  };
  if (heads.length + losses.length === 0) {
    refuse(
      `A model of kind '${spec.kind}' has no loss. Add one with \`addLoss\`, or train the model it comes from.`,
    );
  }
  const unsure = heads.find(({ target, logVariance }) => target !== 'label' && logVariance === undefined);
  if (loss.kind === 'gaussian' && unsure) {
    throw argumentError(
      'loss',
      `other than 'gaussian' for a model whose head \`${unsure.name}\` puts out no variance`,
      loss.kind,
      'Build its spec with `variance: true`.',
    );
  }
  if (!variables.some(({ variable }) => variable.trainable)) {
    refuse('Every weight of the model is frozen. Build its spec with `frozen: false`.');
  }
}
