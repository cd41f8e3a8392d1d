import { RetraceError } from '@retrace/errors';
import type { TensorModel } from '@retrace/models/tensors';

/**
 * Refuses a model that has no loss or no weight to train.
 *
 * @throws `RETRACE_NOTHING_TO_TRAIN`
 */
export function checkTrainable({ spec, heads, losses, variables }: TensorModel): void {
  const refuse = (why: string) => {
    throw new RetraceError('RETRACE_NOTHING_TO_TRAIN', why, { kind: spec.kind });
  };
  if (heads.length + losses.length === 0) {
    refuse(
      `A model of kind '${spec.kind}' has no loss. Add one with \`addLoss\`, or train the model it comes from.`,
    );
  }
  if (!variables.some(({ variable }) => variable.trainable)) {
    refuse('Every weight of the model is frozen. Build its spec with `frozen: false`.');
  }
}
