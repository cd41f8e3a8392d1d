import { argumentError, checkInteger, checkKeys, checkNumber } from '@retrace/errors';
import type { Run } from '@retrace/windowing';
import { checkRuns } from '../check-runs.ts';
import type { RowScores } from '../scores/score-rows.ts';
import { checkThresholdState, type ThresholdState } from './threshold.ts';

/** A series with the scores of its rows. */
export interface ScoredSeries extends RowScores {
  /** The entity. */
  readonly id: string;
  /** The names of the columns of `contributions`. */
  readonly features: readonly string[];
  /** `[rows]`, milliseconds since the epoch or a row counter, ascending. */
  readonly time: Float64Array;
}

/** A stretch of anomalous rows: plain JSON. */
export interface Anomaly {
  /** The entity. */
  readonly id: string;
  /** The time of its first row. */
  readonly start: number;
  /** The time of its last row. */
  readonly end: number;
  readonly firstRow: number;
  /** The last row, itself anomalous. */
  readonly lastRow: number;
  /** The highest score of its rows. */
  readonly peak: number;
  /** `peak` divided by the threshold, above 1; the largest finite number where the threshold is 0. */
  readonly severity: number;
  /** Each feature's share of the scores above the threshold, largest first; they sum to 1. */
  readonly blame: readonly { readonly feature: string; readonly share: number }[];
}

export interface FindAnomaliesOptions {
  /** The fewest rows above the threshold that make an anomaly. Default 1. */
  readonly minRows?: number;
  /** The longest time, in the unit of `time`, from one row above the threshold to the next one of the same anomaly, if they are not neighbours. Default 0. */
  readonly mergeGap?: number;
  /** The runs of rows without a gap, which together cover all rows; no anomaly crosses from one to the next. Default one run. */
  readonly runs?: readonly Run[];
}

/**
 * Finds the stretches of rows whose score exceeds the threshold, in order of time.
 *
 * Neighbouring rows above the threshold belong together, and so do those at most `mergeGap` apart; after that,
 * anomalies of fewer than `minRows` rows above the threshold are dropped. A row without a score is not above it.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if lengths differ or an option is out of range.
 */
export function findAnomalies(
  series: ScoredSeries,
  threshold: ThresholdState,
  options: FindAnomaliesOptions = {},
): Anomaly[] {
  checkKeys('options', options, ['minRows', 'mergeGap', 'runs']);
  const { minRows = 1, mergeGap = 0 } = options;
  checkInteger('minRows', minRows, { min: 1 });
  checkNumber('mergeGap', mergeGap, { min: 0 });
  const { value } = checkThresholdState(threshold);
  checkLengths(series);
  const { scores, time } = series;
  const found: number[][] = [];
  for (const [from, to] of checkRuns(options.runs, scores.length)) {
    let current: number[] | undefined;
    for (let row = from; row < to; row++) {
      if (!(scores[row]! > value)) continue;
      const last = current?.at(-1);
      if (current && last !== undefined && (row === last + 1 || time[row]! - time[last]! <= mergeGap)) {
        current.push(row);
      } else {
        current = [row];
        found.push(current);
      }
    }
  }
  return found.filter((rows) => rows.length >= minRows).map((rows) => describe(series, rows, value));
}

function describe(series: ScoredSeries, rows: readonly number[], threshold: number): Anomaly {
  const firstRow = rows[0]!;
  const lastRow = rows.at(-1)!;
  const peak = rows.reduce((highest, row) => Math.max(highest, series.scores[row]!), 0);
  return {
    id: series.id,
    start: series.time[firstRow]!,
    end: series.time[lastRow]!,
    firstRow,
    lastRow,
    peak,
    severity: Math.min(peak / threshold, Number.MAX_VALUE),
    blame: blameOf(series, rows),
  };
}

function blameOf({ features, contributions }: ScoredSeries, rows: readonly number[]): Anomaly['blame'] {
  const sums = features.map((_, feature) =>
    rows.reduce((sum, row) => sum + contributions[row * features.length + feature]!, 0),
  );
  const total = sums.reduce((sum, value) => sum + value, 0);
  if (!(total > 0))
    throw argumentError('contributions', 'numbers of at least 0 that sum to the scores', total);
  return features
    .map((feature, index) => ({ feature, share: sums[index]! / total }))
    .sort((a, b) => b.share - a.share);
}

function checkLengths({ features, time, scores, contributions }: ScoredSeries): void {
  if (time.length !== scores.length) {
    throw argumentError('time', `as long as \`scores\`, ${scores.length}`, time);
  }
  if (contributions.length !== scores.length * features.length) {
    throw argumentError(
      'contributions',
      `${scores.length} rows of ${features.length} features`,
      contributions,
    );
  }
}
