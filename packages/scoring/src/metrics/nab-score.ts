import { checkFlags, type LabelledFlags } from './labelled-rows.ts';
import { checkNabOptions, type NabCosts, type NabOptions, nabRewards } from './nab-rewards.ts';

/** A score of the Numenta anomaly benchmark. */
export interface NabScore {
  /** From 0, flagging nothing, to 100, flagging the first row of each window and no other; below 0 for worse than nothing; null without windows. */
  readonly score: number | null;
  /** The same before it is put between those of flagging nothing and of perfection. */
  readonly raw: number;
}

/**
 * Computes the NAB score of flags: each window earns σ(y) / σ(−1) for its earliest flagged row, y = −1 at its start
 * and 0 past its end, or costs 1 or more if it has none; each flagged row outside of windows costs up to 0.11 or 0.22,
 * less just after a window; σ(y) = 2 / (1 + e⁵ʸ) − 1. Sums are over all series, then set between those of flagging
 * nothing and of a perfect detector.
 *
 * Lavin and Ahmad 2015, "Evaluating real-time anomaly detection algorithms: the Numenta anomaly benchmark"; equals the
 * sweeper of NAB's code. A window is a longest stretch of rows labelled 1: NAB's labels are windows around the
 * anomalies, a tenth of the series long in all, and labels of the anomalies themselves make stricter windows. Flagged
 * rows count, not alarms: a detector that keeps flagging pays for each row.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if flags or labels are not zeros and ones of one length, or for an unknown option.
 */
export function nabScore(series: readonly LabelledFlags[], options: NabOptions = {}): NabScore {
  const { costs, probation } = checkNabOptions(options);
  checkFlags(series);
  let [raw, windows] = [0, 0];
  for (const one of series) {
    const { rewards, windowOf, ...counted } = nabRewards(one, probation);
    const found = new Map<number, number>();
    for (let row = 0; row < rewards.length; row++) {
      const window = windowOf[row]!;
      if (one.flags[row] === 0 || window === -2) continue;
      if (window === -1) raw += costs.fp * rewards[row]!;
      else found.set(window, Math.max(found.get(window) ?? 0, rewards[row]!));
    }
    for (const reward of found.values()) raw += reward;
    raw -= costs.fn * (counted.windows - found.size);
    windows += counted.windows;
  }
  return { score: normalisedNabScore(raw, windows, costs), raw };
}

/** Sets a raw score between 0, that of flagging nothing, and 100, that of a perfect detector. */
export function normalisedNabScore(raw: number, windows: number, { fn }: NabCosts): number | null {
  return windows === 0 ? null : (100 * (raw + fn * windows)) / (windows + fn * windows);
}
