import type { SequenceModel } from '@retrace/models';
import type { Windows } from '@retrace/windowing';
import type { FitResult } from './epoch-log.ts';
import { epochsOf } from './epochs-of.ts';
import type { FitOptions } from './fit-options.ts';

/**
 * Trains a model on windows, scaled as the model shall see them, and resolves to what happened.
 *
 * Takes the same arguments and throws the same errors as {@link epochsOf}, which it runs to its end.
 */
export async function fit(model: SequenceModel, windows: Windows, options: FitOptions): Promise<FitResult> {
  const epochs = epochsOf(model, windows, options);
  for (;;) {
    const { done, value } = await epochs.next();
    if (done) return value;
  }
}
