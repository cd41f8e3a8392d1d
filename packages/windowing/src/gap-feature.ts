import { checkKeys } from '@retrace/errors';
import { appendFeatures } from './append-features.ts';
import { checkSeries } from './check-series.ts';
import { runs } from './runs.ts';
import type { Series } from './series.ts';

export interface GapFeatureOptions {
  /** Appends log(1 + gap) as `log_gap` instead of the gap as `gap`. Default false. */
  readonly log?: boolean;
  /** A step of time that begins a run of its own, as in a `WindowSpec`: its first row has no gap. Default Infinity. */
  readonly maxGap?: number;
}

/**
 * Appends the time since the row before, in the unit of `Series.time`, as a feature: what tells a network that rows
 * come irregularly. The first row of a run has the gap 0.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`, also for series that have such a feature; `RETRACE_FEATURES`; `RETRACE_UNSORTED`.
 */
export function addGapFeature(series: readonly Series[], options: GapFeatureOptions = {}): Series[] {
  checkSeries(series);
  checkKeys('options', options, ['log', 'maxGap']);
  const { log = false, maxGap } = options;
  return series.map((each) => {
    const { time } = each;
    const values = new Float64Array(time.length);
    for (const [from, to] of runs(each, maxGap)) {
      for (let row = from + 1; row < to; row++) {
        const gap = time[row]! - time[row - 1]!;
        values[row] = log ? Math.log1p(gap) : gap;
      }
    }
    return appendFeatures(each, [{ name: log ? 'log_gap' : 'gap', values }]);
  });
}
