import { RetraceError } from '@retrace/errors';
import { parseMetadataJson } from '@retrace/safetensors';

/** Makes the error of a detector file that is sound but does not hold what it should, at a JSON pointer. */
export function detectorFileError(pointer: string, problem: string, cause?: unknown): RetraceError {
  const message = `The detector file is not valid at ${pointer}: ${problem}`;
  return new RetraceError('RETRACE_DETECTOR_FILE', message, { pointer, problem }, { cause });
}

/** Parses a part of a detector file; `pointer` names it in the error. */
export function parseDetectorJson(text: string, pointer: string): unknown {
  try {
    return parseMetadataJson(text);
  } catch (cause) {
    throw detectorFileError(pointer, cause instanceof Error ? cause.message : String(cause), cause);
  }
}
