import { checkInteger, checkKeys } from '@retrace/errors';
import { checkSeries } from './check-series.ts';
import type { Series } from './series.ts';
import { sliceSeries } from './slice-series.ts';

export interface NormalOnlyOptions {
  /** Rows next to an anomalous one that are left out too, on either side: faults begin before they are noticed. Default 0. */
  readonly margin?: number;
}

/**
 * Cuts the rows out that are labelled anomalous: what is left of a series between them are series of their own, views
 * of the same id, so that no window spans a cut. Series without labels stay whole.
 *
 * @throws `RETRACE_FEATURES`; `RETRACE_UNSORTED`; `RETRACE_INVALID_ARGUMENT`.
 */
export function normalOnly(series: readonly Series[], options: NormalOnlyOptions = {}): Series[] {
  checkSeries(series);
  checkKeys('options', options, ['margin']);
  const { margin = 0 } = options;
  checkInteger('margin', margin, { min: 0 });
  return series.flatMap((each) => {
    const { labels, time } = each;
    if (!labels) return [each];
    const pieces: Series[] = [];
    let from = 0;
    const cut = (to: number) => {
      if (to > from) pieces.push(sliceSeries(each, from, to));
    };
    for (let row = labels.indexOf(1); row >= 0; row = labels.indexOf(1, row + 1)) {
      cut(row - margin);
      from = row + 1 + margin;
    }
    cut(time.length);
    return pieces;
  });
}
