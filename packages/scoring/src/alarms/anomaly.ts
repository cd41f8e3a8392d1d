import { argumentError } from '@retrace/errors';
import type { ScoredSeries } from './scored-series.ts';

/** A stretch of anomalous rows: plain JSON. */
export interface Anomaly {
  /** The entity. */
  readonly id: string;
  /** The time of its first row. */
  readonly start: number;
  /** The time of its last row. */
  readonly end: number;
  readonly firstRow: number;
  /** The last row, itself in the anomaly. */
  readonly lastRow: number;
  /** The highest score of its rows. */
  readonly peak: number;
  /** The most times that a score of its rows is the threshold, above 1; the largest finite number where the threshold is 0. */
  readonly severity: number;
  /** Each feature's share of the scores of its rows but those merged over, largest first; they sum to 1. */
  readonly blame: readonly { readonly feature: string; readonly share: number }[];
}

/** Describes the anomaly from `firstRow` to `lastRow`, whose `rows` are under alarm, at the `thresholds` of all rows. */
export function describeAnomaly(
  series: ScoredSeries,
  { firstRow, lastRow, rows }: { firstRow: number; lastRow: number; rows: readonly number[] },
  thresholds: Float64Array,
): Anomaly {
  const { id, time, scores } = series;
  const highest = (of: (row: number) => number): number =>
    rows.reduce((max, row) => Math.max(max, of(row)), 0);
  return {
    id,
    start: time[firstRow]!,
    end: time[lastRow]!,
    firstRow,
    lastRow,
    peak: highest((row) => scores[row]!),
    severity: Math.min(
      highest((row) => scores[row]! / thresholds[row]!),
      Number.MAX_VALUE,
    ),
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
