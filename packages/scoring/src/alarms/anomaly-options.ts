import { checkInteger, checkKeys, checkNumber } from '@retrace/errors';

/** Which rows make an anomaly: times are in the unit of `time`. */
export interface AnomalyOptions {
  /** The fewest rows that make an anomaly, those merged over and those of `tolerance` aside. Default 1. */
  readonly minRows?: number;
  /** The longest time from one row to the next one of the same anomaly, if they are not neighbours. Default 0. */
  readonly mergeGap?: number;
  /**
   * Hysteresis: the share of the threshold, above 0 to 1, above which rows after one under alarm stay in its anomaly.
   * Default 1.
   */
  readonly release?: number;
  /** How long before and after its rows an anomaly is said to last, within its run. Default 0. */
  readonly tolerance?: number;
}

/** Returns the options with every default filled in (`RETRACE_INVALID_ARGUMENT`). */
export function checkAnomalyOptions(options: AnomalyOptions): Required<AnomalyOptions> {
  checkKeys('options', options, ['minRows', 'mergeGap', 'release', 'tolerance']);
  const { minRows = 1, mergeGap = 0, release = 1, tolerance = 0 } = options;
  checkInteger('minRows', minRows, { min: 1 });
  checkNumber('mergeGap', mergeGap, { min: 0 });
  checkNumber('release', release, { min: Number.MIN_VALUE, max: 1 });
  checkNumber('tolerance', tolerance, { min: 0 });
  return { minRows, mergeGap, release, tolerance };
}
