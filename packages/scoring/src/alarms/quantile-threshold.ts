import { checkNumber } from '@retrace/errors';
import { quantileOf } from '../quantile.ts';
import type { CalibrationScores } from './calibration-scores.ts';
import { type ConstantThreshold, thresholdHead } from './threshold-head.ts';

/** The score that the share `q` of the calibration rows stays at or below. */
export interface QuantileSpec {
  readonly kind?: 'quantile';
  /** The share, from 0 to 1. Default 0.99. */
  readonly q?: number;
  /**
   * Raises the level by its distance from the median score times so many standard errors of the number of calibration rows
   * beyond it, n (1 − q), which is known to one part in its root; of fewer rows than one beyond, as of one. So few calibration
   * rows give a level with more room. Default 0.
   */
  readonly standardErrors?: number;
}

export interface QuantileThresholdState extends ConstantThreshold {
  readonly kind: 'quantile';
  readonly q: number;
  /** Absent: 0. */
  readonly standardErrors?: number;
}

/** Interpolates linearly between the nearest scores, as `numpy.quantile` does. */
export function fitQuantile(
  { sorted }: CalibrationScores,
  { q = 0.99, standardErrors = 0 }: QuantileSpec,
  onWarning?: (message: string) => void,
): QuantileThresholdState {
  checkNumber('q', q, { min: 0, max: 1 });
  checkNumber('standardErrors', standardErrors, { min: 0 });
  const needed = Math.ceil(1 / (1 - q) - 1e-9);
  if (q < 1 && sorted.length < needed) {
    onWarning?.(
      `${sorted.length} calibration scores are too few for the quantile ${q}: with fewer than ${needed} the threshold ` +
        'is all but their maximum. Calibrate on more rows, or lower q.',
    );
  }
  const level = quantileOf(sorted, q);
  const room = Math.max(0, level - quantileOf(sorted, 0.5)) / Math.sqrt(Math.max(1, sorted.length * (1 - q)));
  return {
    ...thresholdHead(sorted.length),
    kind: 'quantile',
    value: Math.min(level + standardErrors * room, Number.MAX_VALUE),
    q,
    ...(standardErrors > 0 && { standardErrors }),
  };
}

export function checkQuantile(
  fields: Record<string, unknown>,
): Pick<QuantileThresholdState, 'q' | 'standardErrors'> {
  const { q, standardErrors } = fields;
  return {
    q: checkNumber('threshold.q', q, { min: 0, max: 1 }),
    ...(standardErrors !== undefined && {
      standardErrors: checkNumber('threshold.standardErrors', standardErrors, { min: 0 }),
    }),
  };
}
