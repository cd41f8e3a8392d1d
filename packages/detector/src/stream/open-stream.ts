import { argumentError, checkKeys, checkNumber, RetraceError } from '@retrace/errors';
import { createPacer } from '@retrace/models';
import { EntityStreams, type EntityStreamsOptions, type Taken } from './entity-streams.ts';
import { rowsInPieces } from './rows-in-pieces.ts';
import { type StreamOptions, sortOptions } from './stream-options.ts';
import type { StreamResult, StreamScorer } from './stream-scorer.ts';
import { packStreamState, streamKey, unpackStreamState } from './stream-state.ts';

export interface StreamParts extends Pick<EntityStreamsOptions, 'reader' | 'state' | 'batchSize'> {
  /** The digest of the detector. */
  readonly detector: string;
}

/**
 * Opens a stream of a detector's scores.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`; `RETRACE_SAFETENSORS_…` for a damaged state; `RETRACE_STREAM_STATE` for that of another
 * detector; `RETRACE_UNSUPPORTED_VERSION`.
 */
export function openStream({ detector, ...parts }: StreamParts, options: StreamOptions = {}): StreamScorer {
  const { state, ...rules } = sortOptions(options);
  const before = state === undefined ? undefined : unpackStreamState(state, detector);
  const streams = new EntityStreams({ ...parts, rules, pace: createPacer() }, before);
  let last: Promise<unknown> = Promise.resolve();
  let disposed = false;
  let broken: { readonly cause: unknown } | undefined;

  function checkUsable(): void {
    if (disposed)
      throw new RetraceError(
        'RETRACE_DISPOSED',
        'This stream was disposed. Open another from its last state.',
      );
    if (!broken) return;
    const message =
      'An earlier call failed and left this stream between two states. Open another from the last state, and push the ' +
      'rows since.';
    throw new RetraceError('RETRACE_STREAM_BROKEN', message, {}, broken);
  }

  function inTurn<T>(action: () => Promise<T>): Promise<T> {
    const current = last.then(() => {
      checkUsable();
      return action();
    });
    last = current.catch(() => undefined);
    return current;
  }

  function change(work: (taken: Taken) => Promise<void>): Promise<StreamResult> {
    return inTurn(async () => {
      const taken: Taken = { scores: [], anomalies: [], rejected: [] };
      try {
        await work(taken);
      } catch (cause) {
        broken = { cause };
        throw cause;
      }
      return { ...taken, counts: streams.counts };
    });
  }

  return {
    metadata: before?.metadata ?? {},
    async push(rows) {
      const pieces = rowsInPieces(rows, parts.state.scaler.features, parts.batchSize);
      return change(async (taken) => {
        for (const piece of pieces) await streams.push(piece, taken);
      });
    },
    flush: () => change((taken) => streams.flush(taken)),
    async forget(time) {
      checkNumber('time', time);
      return change((taken) => streams.forget(time, taken));
    },
    async state(more = {}) {
      checkKeys('options', more, ['metadata']);
      const { metadata = {} } = more;
      if (streamKey in metadata)
        throw argumentError('metadata', `without the key '${streamKey}', which holds the state`, streamKey);
      return inTurn(async () => packStreamState({ detector, metadata, ...streams.state() }));
    },
    dispose() {
      disposed = true;
    },
  };
}
