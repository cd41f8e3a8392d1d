import { checkInteger, checkKeys } from '@retrace/errors';
import { checkSeries } from './check-series.ts';
import type { Series } from './series.ts';
import { sliceSeries } from './slice-series.ts';
import { checkShares, cutsOf, firstOfTime, type SeriesSplit, type SplitShares } from './split.ts';

export interface SplitByTimeOptions extends SplitShares {
  /** Rows dropped from the end of a part where another follows, so that neighbours in time are not in both. Default 0. */
  readonly purge?: number;
}

/**
 * Splits the rows of each series in time: the first train, the next calibrate, the last test.
 *
 * The parts are views. A cut between rows of equal time moves back to the first of them. A series without rows in a
 * part is left out of it.
 *
 * @throws `RETRACE_FEATURES` if the series differ in features; `RETRACE_UNSORTED` if rows are not in ascending time;
 * `RETRACE_INVALID_ARGUMENT`, also for shares above 1.
 */
export function splitByTime(series: readonly Series[], options: SplitByTimeOptions): SeriesSplit {
  checkSeries(series);
  checkKeys('options', options, ['train', 'calibration', 'purge']);
  checkShares(options);
  const { purge = 0 } = options;
  checkInteger('purge', purge, { min: 0 });
  const split: SeriesSplit = { train: [], calibration: [], test: [] };
  for (const each of series) {
    const rows = each.time.length;
    const cuts = cutsOf(options, rows);
    const [first, second] = [firstOfTime(each.time, cuts[0]), firstOfTime(each.time, cuts[1])];
    addRows(split.train, each, 0, first < rows ? first - purge : rows);
    addRows(split.calibration, each, first, second < rows ? second - purge : rows);
    addRows(split.test, each, second, rows);
  }
  return split;
}

function addRows(part: Series[], series: Series, from: number, to: number): void {
  if (to > from) part.push(sliceSeries(series, from, to));
}
