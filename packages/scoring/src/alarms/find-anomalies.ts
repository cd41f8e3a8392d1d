import type { Run } from '@retrace/windowing';
import { checkRuns } from '../check-runs.ts';
import type { Anomaly } from './anomaly.ts';
import type { AnomalyOptions } from './anomaly-options.ts';
import { anomalyStream } from './anomaly-stream.ts';
import { flagRows } from './flag-rows.ts';
import { checkScoredSeries, type ScoredSeries } from './scored-series.ts';
import type { ThresholdState } from './threshold-state.ts';

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
 * further from its last row than that gap, and not above `release` times the threshold. `anomalyStream` tells it then.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if lengths differ or an option is out of range; `RETRACE_THRESHOLD_STATE`.
 */
export function findAnomalies(
  series: ScoredSeries,
  threshold: ThresholdState,
  options: FindAnomaliesOptions = {},
): Anomaly[] {
  const { runs, ...rules } = options;
  checkScoredSeries(series);
  const { id, features, time, scores, contributions } = series;
  const stream = anomalyStream({ id, features, ...rules });
  const { flags, thresholds } = flagRows(scores, threshold);
  const found: (Anomaly | undefined)[] = [];
  for (const [from, to] of checkRuns(runs, scores.length)) {
    for (let row = from; row < to; row++) {
      const judged = {
        time: time[row]!,
        score: scores[row]!,
        threshold: thresholds[row]!,
        above: flags[row] === 1,
        contributions: contributions.subarray(row * features.length, (row + 1) * features.length),
      };
      found.push(stream.push(judged));
    }
    found.push(stream.restart());
  }
  return found.filter((anomaly) => anomaly !== undefined);
}
