import {
  argumentError,
  checkFormat,
  checkInteger,
  checkKeys,
  checkNames,
  checkNumber,
  checkNumbers,
  checkRecord,
  checkState,
} from '@retrace/errors';
import type { Anomaly } from './anomaly.ts';
import { type AnomalyOptions, checkAnomalyOptions } from './anomaly-options.ts';
import type { JudgedRow } from './judged-row.ts';
import { addToStretch, checkStretch, type Stretch, startStretch, stretchAnomaly } from './stretch.ts';

export interface AnomalyStreamOptions extends AnomalyOptions {
  /** The entity. */
  readonly id: string;
  /** The names of the contributions of every row, in order. */
  readonly features: readonly string[];
  /** What `state` gave. Default: a stream at its first row. */
  readonly state?: AnomalyStreamState;
}

/** Finds the anomalies of one series while its rows come. */
export interface AnomalyStream {
  /**
   * Takes the next row, and returns the anomaly that it makes final, if there is one.
   *
   * @throws `RETRACE_INVALID_ARGUMENT` for contributions that do not sum to the scores.
   */
  push(row: JudgedRow): Anomaly | undefined;
  /** Ends a run, as a gap in time does, and returns the anomaly at its end, if there is one. */
  restart(): Anomaly | undefined;
  /** Where the stream stands: plain JSON. */
  state(): AnomalyStreamState;
}

/** What a stream of anomalies goes on from: plain JSON. */
export interface AnomalyStreamState {
  readonly format: 'retrace-anomaly-stream';
  readonly version: 1;
  /** Rows so far, in all runs. */
  readonly rows: number;
  /** The times of the last rows of the run, as far as `tolerance` reaches back. */
  readonly recent: readonly number[];
  /** What may become an anomaly, or go on as one. */
  readonly stretch?: Stretch;
}

/**
 * Makes the streaming form of `findAnomalies`, which is this stream given all rows: the same rows make the same anomalies,
 * each as soon as no later row can change it. However long an anomaly lasts, the stream holds sums of its rows, and of
 * other rows the times within `tolerance`.
 *
 * @throws `RETRACE_ANOMALY_STREAM_STATE` for a state of a stream of other features, or damaged;
 * `RETRACE_UNSUPPORTED_VERSION`; `RETRACE_INVALID_ARGUMENT`.
 */
export function anomalyStream(options: AnomalyStreamOptions): AnomalyStream {
  const { id, features, state, ...rules } = options;
  if (typeof id !== 'string') throw argumentError('id', 'a string', id);
  checkNames('features', features);
  const { minRows, release, tolerance, mergeGap } = checkAnomalyOptions(rules);
  const gap = Math.max(mergeGap, 2 * tolerance);
  const before = state === undefined ? undefined : checkAnomalyStreamState(state, features.length);
  let rows = before?.rows ?? 0;
  const recent = [...(before?.recent ?? [])];
  let stretch = before?.stretch && { ...before.stretch, sums: [...before.stretch.sums] };

  /** Ends the stretch that goes on. */
  function end(): Anomaly | undefined {
    const ended = stretch;
    stretch = undefined;
    return ended && ended.rows >= minRows ? stretchAnomaly(ended, id, features) : undefined;
  }

  return {
    push(judged) {
      const { time, score, threshold, above } = judged;
      const row = rows++;
      recent.push(time);
      while (recent[0]! < time - tolerance) recent.shift();
      const follows = stretch?.member === row - 1;
      const isMember = above || (release < 1 && follows && score > release * threshold);
      const joins = stretch !== undefined && (follows || time - stretch.memberTime <= gap);
      if (!isMember) {
        if (stretch && time <= stretch.memberTime + tolerance) {
          stretch.lastRow = row;
          stretch.end = time;
        }
        return stretch && time - stretch.memberTime > gap ? end() : undefined;
      }
      const ended = joins ? undefined : end();
      stretch ??= startStretch(row - recent.length + 1, recent[0]!, features.length);
      addToStretch(stretch, row, judged);
      return ended;
    },
    restart() {
      recent.length = 0;
      return end();
    },
    state: () => ({
      format: 'retrace-anomaly-stream',
      version: 1,
      rows,
      recent: [...recent],
      ...(stretch && { stretch: { ...stretch, sums: [...stretch.sums] } }),
    }),
  };
}

function checkAnomalyStreamState(value: unknown, features: number): AnomalyStreamState {
  return checkState('RETRACE_ANOMALY_STREAM_STATE', () => {
    const state = checkRecord('state', value);
    checkFormat('state', state, 'retrace-anomaly-stream');
    checkKeys('state', state, ['format', 'version', 'rows', 'recent', 'stretch']);
    const rows = checkInteger('state.rows', state.rows, { min: 0 });
    const { recent, stretch } = state;
    const length = Array.isArray(recent) ? Math.min(recent.length, rows) : 0;
    const times = checkNumbers('state.recent', recent, length);
    for (const [index, time] of times.entries()) {
      checkNumber(`state.recent[${index}]`, time, { min: times[index - 1] ?? -Number.MAX_VALUE });
    }
    return {
      format: 'retrace-anomaly-stream',
      version: 1,
      rows,
      recent: times,
      ...(stretch !== undefined && { stretch: checkStretch(stretch, rows, features) }),
    };
  });
}
