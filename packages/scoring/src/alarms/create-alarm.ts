import { argumentError } from '@retrace/errors';
import { dynamicAlarm } from './dynamic-alarm.ts';
import { largestScore } from './largest-score.ts';
import { spotAlarm } from './spot-alarm.ts';
import {
  type ConstantThresholdState,
  checkThresholdState,
  isConstantThreshold,
  type ThresholdState,
} from './threshold-state.ts';

/** What a threshold says of one row. */
export interface RowAlarm {
  /** The level that applied to the row, at least 0. */
  readonly threshold: number;
  /** Whether the row is under alarm: above the threshold, and not pruned where the kind prunes. */
  readonly above: boolean;
}

/** A threshold at work on the scores of one series, row by row. */
export interface Alarm {
  /**
   * Judges the next row, for good: nothing that comes later changes it. A row without a score, `NaN`, is not above and
   * teaches nothing.
   *
   * @throws `RETRACE_INVALID_ARGUMENT` if `score` is no number.
   */
  push(score: number): RowAlarm;
  /** Where the threshold stands: plain JSON, from which `createAlarm` goes on to the same judgements. */
  state(): ThresholdState;
}

/**
 * Sets a fitted threshold to work. A kind of one level has it for every row; `'spot'`, `'dspot'` and `'dynamic'` move
 * with the rows pushed so far, that row included, and never look ahead. They count scored rows: a gap in time is none to them.
 *
 * @throws `RETRACE_THRESHOLD_STATE`.
 */
export function createAlarm(threshold: ThresholdState): Alarm {
  const state = checkThresholdState(threshold);
  const alarm = alarmOf(state);
  const most = isConstantThreshold(state) ? Infinity : largestScore;
  return {
    push(score) {
      if (typeof score !== 'number') throw argumentError('score', 'a number', score);
      return alarm.push(Math.max(-most, Math.min(score, most)));
    },
    state: alarm.state,
  };
}

function alarmOf(state: ThresholdState): Alarm {
  switch (state.kind) {
    case 'spot':
    case 'dspot':
      return spotAlarm(state);
    case 'dynamic':
      return dynamicAlarm(state);
    default:
      return constantAlarm(state);
  }
}

function constantAlarm(state: ConstantThresholdState): Alarm {
  const { value } = state;
  return { push: (score) => ({ threshold: value, above: score > value }), state: () => state };
}
