import { checkFlagColumn, checkNumberColumn } from '@retrace/errors';
import type { LabelledScores } from './labelled-rows.ts';
import { type Stretch, stretches } from './stretches.ts';

/** The rows of one series by the thresholds that flag them, and how far its events reach. */
export interface RankedSeries {
  readonly labels: Uint8Array;
  /** `[rows]`, the index of the highest threshold that flags the row; the number of thresholds where it has no score. */
  readonly ranks: Int32Array;
  readonly events: readonly Stretch[];
  /** `[events]`, the lowest rank of the rows that the event has reached so far. */
  readonly lowest: Int32Array;
  /** `[rows]`, scratch for labels beyond events: zero between uses. */
  readonly reach: Float64Array;
}

/** Ranks the rows of all series together under `thresholds` scores, whose own ranks are evenly spaced. */
export function rankSeries(series: readonly LabelledScores[], thresholds: number): RankedSeries[] {
  const columns = series.map(({ scores }, index) => checkNumberColumn(`series[${index}].scores`, scores));
  const length = columns.reduce((sum, column) => sum + column.length, 0);
  const pooled = new Float64Array(length);
  let filled = 0;
  for (const column of columns)
    for (const score of column) if (!Number.isNaN(score)) pooled[filled++] = score;
  const ascending = pooled.subarray(0, filled).sort();
  // The places of numpy.linspace(0, filled - 1, thresholds), rounded as it rounds them.
  const step = (filled - 1) / (thresholds - 1);
  const descending = Float64Array.from({ length: thresholds }, (_, k) => {
    return ascending[filled - 1 - Math.floor(k * step)] ?? Number.NaN;
  });
  return series.map(({ labels }, index) => {
    const column = columns[index]!;
    const bits = checkFlagColumn(`series[${index}].labels`, labels, column.length);
    const ranks = Int32Array.from(column, (score) => rankOf(score, descending));
    const events = stretches(bits);
    const lowest = Int32Array.from(events, ([from, to]) =>
      ranks.subarray(from, to).reduce((a, b) => Math.min(a, b)),
    );
    return { labels: bits, ranks, events, lowest, reach: new Float64Array(column.length) };
  });
}

/** The index of the first of the descending thresholds that is at most `score`. */
function rankOf(score: number, descending: Float64Array): number {
  if (Number.isNaN(score)) return descending.length;
  let [low, high] = [0, descending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (descending[middle]! <= score) high = middle;
    else low = middle + 1;
  }
  return low;
}
