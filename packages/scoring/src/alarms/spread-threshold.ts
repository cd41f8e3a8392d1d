import { checkNumber } from '@retrace/errors';
import { quantileOf } from '../quantile.ts';
import { meanAndDeviation } from '../scores/mean-and-deviation.ts';
import type { CalibrationScores } from './calibration-scores.ts';
import { type ConstantThreshold, thresholdHead } from './threshold-head.ts';

/** A number of spreads above the centre of the calibration scores. */
export interface SpreadSpec {
  /**
   * `'sigma'`: standard deviations (of the population) above the mean; `'mad'`: median absolute deviations from the
   * median, times 1.4826, above the median, which outliers among the calibration rows hardly move.
   */
  readonly kind: 'sigma' | 'mad';
  /** How many, at least 0. Default 3. */
  readonly k?: number;
}

export interface SpreadThresholdState extends ConstantThreshold {
  readonly kind: 'sigma' | 'mad';
  readonly k: number;
  /** The mean, or the median. */
  readonly center: number;
  /** The standard deviation, or 1.4826 times the median absolute deviation. */
  readonly spread: number;
}

/** 1 / Φ⁻¹(3/4): times it, the median absolute deviation of normal numbers is their standard deviation. */
const madToDeviation = 1.4826;

export function fitSpread(
  { sorted }: CalibrationScores,
  { kind, k = 3 }: SpreadSpec,
  onWarning?: (message: string) => void,
): SpreadThresholdState {
  checkNumber('k', k, { min: 0, max: 1e9 });
  const { center, spread } = kind === 'sigma' ? meanSpread(sorted) : medianSpread(sorted);
  if (spread === 0 && sorted.at(-1)! > center) {
    onWarning?.(
      'More than half of the calibration scores are equal, so that their median absolute deviation is 0 and every ' +
        "score above their median is an alarm. Use the kind 'quantile'.",
    );
  }
  return { ...thresholdHead(sorted.length), kind, value: center + k * spread, k, center, spread };
}

export function checkSpread(
  fields: Record<string, unknown>,
): Pick<SpreadThresholdState, 'k' | 'center' | 'spread'> {
  return {
    k: checkNumber('threshold.k', fields.k, { min: 0 }),
    center: checkNumber('threshold.center', fields.center, { min: 0 }),
    spread: checkNumber('threshold.spread', fields.spread, { min: 0 }),
  };
}

function meanSpread(scores: Float64Array): { center: number; spread: number } {
  const { mean, deviation } = meanAndDeviation(scores);
  return { center: mean, spread: deviation };
}

function medianSpread(sorted: Float64Array): { center: number; spread: number } {
  const center = quantileOf(sorted, 0.5);
  const deviations = sorted.map((score) => Math.abs(score - center)).sort();
  return { center, spread: madToDeviation * quantileOf(deviations, 0.5) };
}
