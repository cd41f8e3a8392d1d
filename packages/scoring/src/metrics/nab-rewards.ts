import { checkKeys, checkNumber, checkOneOf } from '@retrace/errors';
import { labelledEvents } from './labelled-events.ts';
import type { LabelledFlags } from './labelled-rows.ts';

/** NAB's application profiles. */
export type NabProfile = 'standard' | 'reward_low_FP_rate' | 'reward_low_FN_rate';

export interface NabOptions {
  /** What errors cost. Default `'standard'`. */
  readonly profile?: NabProfile;
  /** The first part of each series that is not scored, at most this part of 5,000 rows. Default 0.15. */
  readonly probation?: number;
}

/** What a false alarm and a missed window cost, where an early detection earns 1. */
export interface NabCosts {
  readonly fp: number;
  readonly fn: number;
}

/** What flagging each row of a series earns. */
export interface NabRewards {
  /** `[rows]`: of a row in a window from 0 to 1, where only the best flagged one counts; of others from −1 to 0. */
  readonly rewards: Float64Array;
  /** `[rows]`, the window of a row, −1 outside of windows, −2 where a row does not count. */
  readonly windowOf: Int32Array;
  /** How many windows have a row that counts. */
  readonly windows: number;
}

const PROFILES: Readonly<Record<NabProfile, NabCosts>> = {
  standard: { fp: 0.11, fn: 1 },
  reward_low_FP_rate: { fp: 0.22, fn: 1 },
  reward_low_FN_rate: { fp: 0.11, fn: 2 },
};

export function checkNabOptions(options: NabOptions): { costs: NabCosts; probation: number } {
  checkKeys('options', options, ['profile', 'probation']);
  const { profile = 'standard', probation = 0.15 } = options;
  checkOneOf('profile', profile, Object.keys(PROFILES));
  return { costs: PROFILES[profile], probation: checkNumber('probation', probation, { min: 0, max: 1 }) };
}

/** The windows are the events; rows without a score and those of the probation count for nothing. */
export function nabRewards(series: Omit<LabelledFlags, 'flags'>, probation: number): NabRewards {
  const { labels, scored } = series;
  const rows = labels.length;
  const rewards = new Float64Array(rows).fill(-1);
  const windowOf = new Int32Array(rows).fill(-1);
  const { events } = labelledEvents(series);
  for (const [k, [from, to]] of events.entries()) {
    const width = to - from;
    for (let row = from; row < to; row++) {
      rewards[row] = scaledSigmoid(-(to - row) / width) / scaledSigmoid(-1);
      windowOf[row] = k;
    }
    const next = events[k + 1]?.[0] ?? rows;
    // NAB divides by zero after a window of one row; there every false alarm costs all it can.
    for (let row = to; row < next; row++) rewards[row] = scaledSigmoid((row - to + 1) / (width - 1));
  }
  const first = Math.min(Math.floor(probation * rows), probation * 5000);
  for (let row = 0; row < rows; row++) if (row < first || scored?.[row] === 0) windowOf[row] = -2;
  return { rewards, windowOf, windows: new Set(windowOf.filter((window) => window >= 0)).size };
}

/** 2 σ(−5 y) − 1 at y window widths after the window’s end, −1 beyond 3. */
function scaledSigmoid(y: number): number {
  return y > 3 ? -1 : 2 / (1 + Math.exp(5 * y)) - 1;
}
