import { checkInteger, checkKeys, checkNumber } from '@retrace/errors';
import type { Run } from '@retrace/windowing';
import { checkRuns } from '../check-runs.ts';
import { type Anomaly, describeAnomaly } from './anomaly.ts';
import { flagRows } from './flag-rows.ts';
import { checkScoredSeries, type ScoredSeries } from './scored-series.ts';
import type { ThresholdState } from './threshold-state.ts';

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

export interface FindAnomaliesOptions extends AnomalyOptions {
  /** The runs of rows without a gap, which together cover all rows; no anomaly crosses from one to the next. Default one run. */
  readonly runs?: readonly Run[];
}

/**
 * Finds the stretches of rows under alarm, in order of time.
 *
 * Neighbouring rows above the threshold belong together, and after them rows above `release` times the threshold, up to
 * the first that is not. Stretches at most `mergeGap`, or twice `tolerance`, apart are one; after that, anomalies of
 * fewer than `minRows` rows are dropped. A row without a score is in none.
 *
 * Rows decide nothing about earlier ones but whether what ends before them goes on: an anomaly is final once a row is
 * further from its last row than that gap, and not above `release` times the threshold.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if lengths differ or an option is out of range; `RETRACE_THRESHOLD_STATE`.
 */
export function findAnomalies(
  series: ScoredSeries,
  threshold: ThresholdState,
  options: FindAnomaliesOptions = {},
): Anomaly[] {
  checkKeys('options', options, ['minRows', 'mergeGap', 'release', 'tolerance', 'runs']);
  const { minRows = 1, mergeGap = 0, release = 1, tolerance = 0, runs } = options;
  checkInteger('minRows', minRows, { min: 1 });
  checkNumber('mergeGap', mergeGap, { min: 0 });
  checkNumber('release', release, { min: Number.MIN_VALUE, max: 1 });
  checkNumber('tolerance', tolerance, { min: 0 });
  checkScoredSeries(series);
  const { scores, time } = series;
  const { flags, thresholds } = flagRows(scores, threshold);
  const gap = Math.max(mergeGap, 2 * tolerance);
  const found: Anomaly[] = [];
  for (const [from, to] of checkRuns(runs, scores.length)) {
    const stretches: number[][] = [];
    let current: number[] | undefined;
    for (let row = from; row < to; row++) {
      const last = current?.at(-1);
      const follows = last === row - 1 && scores[row]! > release * thresholds[row]!;
      if (flags[row] === 0 && !(release < 1 && follows)) continue;
      if (current && last !== undefined && (last === row - 1 || time[row]! - time[last]! <= gap)) {
        current.push(row);
      } else {
        current = [row];
        stretches.push(current);
      }
    }
    for (const rows of stretches) {
      if (rows.length < minRows) continue;
      let firstRow = rows[0]!;
      let lastRow = rows.at(-1)!;
      const [start, end] = [time[firstRow]! - tolerance, time[lastRow]! + tolerance];
      while (firstRow > from && time[firstRow - 1]! >= start) firstRow--;
      while (lastRow + 1 < to && time[lastRow + 1]! <= end) lastRow++;
      found.push(describeAnomaly(series, { firstRow, lastRow, rows }, thresholds));
    }
  }
  return found;
}
