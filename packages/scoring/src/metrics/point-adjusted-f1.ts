import { labelledEvents } from './labelled-events.ts';
import { checkFlags, type LabelledFlags } from './labelled-rows.ts';
import { pointMetrics } from './point-metrics.ts';
import { type PrecisionRecall, precisionRecall, ratio } from './precision-recall.ts';
import { anySet } from './stretches.ts';

/** Point-adjusted figures, and what the same share of alarms at random rows would score. */
export interface PointAdjustedF1 extends PrecisionRecall {
  /** The expected point-adjusted F1 of flags drawn for each row on its own; null where no row is anomalous. */
  readonly randomF1: number | null;
}

/**
 * Computes the precision, recall and F1 of rows after point adjustment, under which one flagged row of an event counts
 * as all its rows, together with the F1 that random flags at the same alarm rate are expected to have.
 *
 * It flatters: with long events, random flags come near 1, so the figure means nothing but beside `randomF1`. The
 * adjustment is that of Xu et al. 2018 ("Unsupervised anomaly detection via variational auto-encoder for seasonal KPIs
 * in web applications"), the warning that of Kim et al. 2022 ("Towards a rigorous evaluation of time-series anomaly
 * detection"). TSB-AD never adjusts the first row of a series; here it is a row like others.
 *
 * @returns Figures from 0 to 1; rows without a score are left out. Nulls as in `pointMetrics`.
 * @throws `RETRACE_INVALID_ARGUMENT` if flags or labels are not zeros and ones of one length.
 */
export function pointAdjustedF1(series: readonly LabelledFlags[]): PointAdjustedF1 {
  checkFlags(series);
  const { tp, fp, fn, tn } = pointMetrics(series);
  const lengths: number[] = [];
  let adjusted = 0;
  for (const one of series) {
    for (const [from, to] of labelledEvents(one).events) {
      const length = one.scored ? countOf(one.scored, from, to) : to - from;
      lengths.push(length);
      if (anySet(one.flags, [from, to])) adjusted += length;
    }
  }
  const rate = ratio(tp + fp, tp + fp + fn + tn);
  return {
    ...precisionRecall(adjusted, fp, tp + fn - adjusted),
    randomF1: rate === null || tp + fn === 0 ? null : expectedF1(lengths, fp + tn, rate),
  };
}

/**
 * The mean of 2 TP / (TP + FP + P) where each row is flagged with probability `rate` on its own: an event of n rows
 * gives n true positives with probability 1 − (1 − rate)ⁿ, else none.
 *
 * With 1 / D = ∫₀^∞ exp(−D x) dx, the mean is ∫ 2 E[TP exp(−TP x)] E[exp(−FP x)] exp(−P x) dx, whose expectations are
 * products over the events and over the normal rows. Over log x the integrand falls off so fast at both ends that the
 * trapezoidal rule with step 1/4 is exact to rounding.
 */
function expectedF1(lengths: readonly number[], normal: number, rate: number): number {
  const positives = lengths.reduce((sum, length) => sum + length, 0);
  const events = lengths.map((length) => ({ length, found: -Math.expm1(length * Math.log1p(-rate)) }));
  const step = 1 / 4;
  let sum = 0;
  for (let t = Math.log(1e-17 / (positives + normal)); t < Math.log(40 / positives); t += step) {
    const x = Math.exp(t);
    let [logOfAll, mean] = [normal * logDecay(rate, x) - positives * x, 0];
    for (const { length, found } of events) {
      const log = logDecay(found, length * x);
      logOfAll += log;
      mean += found * length * Math.exp(-length * x - log);
    }
    sum += 2 * mean * Math.exp(logOfAll) * x;
  }
  return sum * step;
}

/** log E[exp(−B y)] of a B that is 1 with this probability, else 0. */
function logDecay(probability: number, y: number): number {
  return probability === 1 ? -y : Math.log1p(probability * Math.expm1(-y));
}

function countOf(bits: ArrayLike<number>, from: number, to: number): number {
  let count = 0;
  for (let row = from; row < to; row++) count += bits[row]!;
  return count;
}
