import { readFile, stat } from 'node:fs/promises';
import { type Detector, loadDetector } from '@retrace/detector';
import { isRetraceError, RetraceError } from '@retrace/errors';
import type { TrainingEpoch } from '@retrace/report';
import { startWasm } from '@retrace/runtime-wasm';
import { historyKey, parseHistory } from './training-history.ts';

/** A detector from a file. */
export interface OpenDetector {
  readonly detector: Detector;
  /** How its training went, if the file holds that. */
  readonly history: readonly TrainingEpoch[] | undefined;
}

/**
 * Starts the runtime and loads a detector from a file.
 *
 * @throws `RETRACE_DETECTOR_SOURCE` if the file cannot be read; what `loadDetector` throws, with the path before the
 *   message and as `file` in the details.
 */
export async function openDetector(path: string): Promise<OpenDetector> {
  const bytes = await readBytes(path);
  await startWasm();
  try {
    const detector = await loadDetector(bytes);
    const history = detector.metadata[historyKey];
    try {
      return { detector, history: history === undefined ? undefined : parseHistory(history) };
    } catch (error) {
      detector.dispose();
      throw error;
    }
  } catch (error) {
    if (!isRetraceError(error)) throw error;
    const details = { file: path, ...error.details };
    throw new RetraceError(error.code, `${path}: ${error.message}`, details, { cause: error });
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    // Reading a device or a FIFO may never end.
    if ((await stat(path)).isFile()) return await readFile(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw sourceError(path, reason, cause);
  }
  throw sourceError(path, 'it is not a regular file');
}

function sourceError(path: string, reason: string, cause?: unknown): RetraceError {
  const message = `The detector ${path} cannot be read: ${reason}. Name a file that \`retrace train\` wrote.`;
  return new RetraceError('RETRACE_DETECTOR_SOURCE', message, { file: path, reason }, { cause });
}
