import { RetraceError } from '@retrace/errors';
import type { TrainingEpoch } from '@retrace/report';
import type { EpochLog } from '@retrace/training';

/** The metadata key of a detector file that holds how its training went. */
export const historyKey = 'retrace.history';

/** Writes a history as JSON text; not the seconds, so that the same training always gives the same bytes. */
export function historyText(history: readonly EpochLog[]): string {
  return JSON.stringify(
    history.map(({ epoch, loss, validationLoss, gradientNorm, learningRate }) => {
      return { epoch, loss, validationLoss, gradientNorm, learningRate };
    }),
  );
}

/**
 * Reads a history back.
 *
 * @throws `RETRACE_DETECTOR_FILE` for text that `historyText` cannot have written.
 */
export function parseHistory(text: string): TrainingEpoch[] {
  let history: unknown;
  try {
    history = JSON.parse(text);
  } catch (cause) {
    throw historyError('it is not JSON', cause);
  }
  if (!Array.isArray(history) || history.length === 0) throw historyError('it is no list of epochs');
  return history.map((entry: unknown, index) => {
    const known = (entry ?? {}) as Record<string, unknown>;
    const { epoch, loss, validationLoss, gradientNorm, learningRate } = known;
    if (epoch !== index + 1 || typeof loss !== 'number')
      throw historyError(`its entry ${index} is not the loss of epoch ${index + 1}`);
    return {
      epoch,
      loss,
      ...(typeof validationLoss === 'number' && { validationLoss }),
      ...(typeof gradientNorm === 'number' && { gradientNorm }),
      ...(typeof learningRate === 'number' && { learningRate }),
    };
  });
}

function historyError(problem: string, cause?: unknown): RetraceError {
  const message = `The training history in the metadata '${historyKey}' is damaged: ${problem}.`;
  return new RetraceError('RETRACE_DETECTOR_FILE', message, { key: historyKey, problem }, { cause });
}
