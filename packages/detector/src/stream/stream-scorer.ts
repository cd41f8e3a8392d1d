import type { RejectedRow, Series, StreamCounts, StreamRow } from '@retrace/windowing';
import type { Found } from './entity-scorer.ts';

/** What became final by a call, and how the stream stands. */
export interface StreamResult extends Readonly<Found> {
  /** The rows that were not taken, with the error of each. */
  readonly rejected: readonly RejectedRow[];
  /** What became of all rows so far. */
  readonly counts: StreamCounts;
}

export interface SaveStreamOptions {
  /** Text of your own to keep in the state, such as how far the source was read. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Scores the rows of any number of entities while they come. Each row is given out once, in the order of its entity, as
 * soon as no later window covers it; each anomaly once, as soon as no later row can change it. What is held of an entity
 * does not grow: the rows that wait for windows, at most `lookback + shift + horizon`, sums over the windows on them, and
 * what scorer, threshold and anomalies remember; 9 kB at a lookback of 30 and 4 features.
 *
 * A call waits for those before it. If one fails for more than its arguments, the model having failed, the stream is
 * left between two states: that call rejects with the error, and all later ones with `RETRACE_STREAM_BROKEN`. Open
 * another from the last state.
 */
export interface StreamScorer {
  /** The text that came with the state that the stream was opened from. */
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * Takes rows, of any entities, or those of a series, which must stay as they are until it resolves. A row that is no row
   * is rejected, with its error in the result, and the others are taken.
   *
   * @throws `RETRACE_INVALID_ARGUMENT` for what is no list of rows; `RETRACE_FEATURES`, `RETRACE_UNSORTED` for a series of
   * other features or out of order; `RETRACE_STREAM_BROKEN`; `RETRACE_DISPOSED`.
   */
  push(rows: readonly StreamRow[] | Series): Promise<StreamResult>;
  /** Ends the run of every entity: all rows are scored, all anomalies final. Rows that come later begin new runs. */
  flush(): Promise<StreamResult>;
  /** Ends, and forgets, the entities that have no row at or after `time`; their rows count from 0 if they come back. */
  forget(time: number): Promise<StreamResult>;
  /**
   * Writes what another stream, given the same options, goes on from: the bytes of a safetensors file with a checksum, which
   * grow with the number of entities alone.
   *
   * For outputs that come exactly once though their consumer may be killed, keep three things together, in one transaction
   * or in files of which the state is renamed into place last: the outputs of the calls since, the state, and in its
   * `metadata` how far the source was read. Start again by dropping what was kept later, and push from that place on.
   */
  state(options?: SaveStreamOptions): Promise<Uint8Array>;
  /** Frees nothing but memory: the model is the detector's. Any other use afterwards throws `RETRACE_DISPOSED`. */
  dispose(): void;
}
