import { checkNumber } from '@retrace/errors';
import { quantileOf } from '../quantile.ts';
import type { CalibrationScores } from './calibration-scores.ts';
import { type ConstantThreshold, thresholdHead } from './threshold-head.ts';

/** The score that the share `q` of the calibration rows stays at or below. */
export interface QuantileSpec {
  readonly kind?: 'quantile';
  /** The share, from 0 to 1. Default 0.99. */
  readonly q?: number;
}

export interface QuantileThresholdState extends ConstantThreshold {
  readonly kind: 'quantile';
  readonly q: number;
}

/** Interpolates linearly between the nearest scores, as `numpy.quantile` does. */
export function fitQuantile(
  { sorted }: CalibrationScores,
  { q = 0.99 }: QuantileSpec,
  onWarning?: (message: string) => void,
): QuantileThresholdState {
  checkNumber('q', q, { min: 0, max: 1 });
  const needed = Math.ceil(1 / (1 - q) - 1e-9);
  if (q < 1 && sorted.length < needed) {
    onWarning?.(
      `${sorted.length} calibration scores are too few for the quantile ${q}: with fewer than ${needed} the threshold ` +
        'is all but their maximum. Calibrate on more rows, or lower q.',
    );
  }
  return { ...thresholdHead(sorted.length), kind: 'quantile', value: quantileOf(sorted, q), q };
}

export function checkQuantile(fields: Record<string, unknown>): Pick<QuantileThresholdState, 'q'> {
  return { q: checkNumber('threshold.q', fields.q, { min: 0, max: 1 }) };
}
