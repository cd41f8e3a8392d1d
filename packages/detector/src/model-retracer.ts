import type { SequenceModel } from '@retrace/models';
import type { Retracer } from './retracer.ts';

/** Retraces windows by a model's `reconstruction` head, which it must have. */
export function modelRetracer(model: SequenceModel): Retracer {
  return {
    async reconstruct(batch) {
      const { reconstruction } = await model.run(batch);
      return reconstruction!;
    },
  };
}
