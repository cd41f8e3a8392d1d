import { RetraceError } from '@retrace/errors';
import type { SequenceModel } from '@retrace/models';
import type { Retracer } from './retracer.ts';

/** Retraces windows by a model's `reconstruction` head. */
export function modelRetracer(model: SequenceModel): Retracer {
  return {
    async reconstruct(batch) {
      const { reconstruction } = await model.run(batch);
      if (reconstruction) return reconstruction;
      throw new RetraceError(
        'RETRACE_MODEL_KIND',
        `A detector scores how a model reconstructs its input; a model of kind '${model.spec.kind}' has no such head.`,
        { kind: model.spec.kind },
      );
    },
  };
}
