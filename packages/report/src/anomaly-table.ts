import { blameText } from './blame-text.ts';
import { type Interval, meets } from './intervals.ts';
import type { ReportTable } from './report-table.ts';
import type { SeriesView } from './series-view.ts';
import type { SharedAxis } from './shared-axis.ts';

const longest = 50;

/**
 * Lists the anomalies of one series in the order of time; of more than fifty, the highest.
 *
 * @param known The stretches that are labelled, if the labels are known; each anomaly tells whether it meets one.
 */
export function anomalyTable(
  { id, anomalies = [] }: Pick<SeriesView, 'id' | 'anomalies'>,
  format: SharedAxis['format'],
  known?: readonly Interval[],
): ReportTable {
  const listed = anomalies
    .toSorted((a, b) => b.peak - a.peak)
    .slice(0, longest)
    .sort((a, b) => a.start - b.start);
  return {
    title: `Anomalies found in ${id}`,
    columns: ['from', 'to', 'peak score', '× threshold', ...(known ? ['known'] : []), 'blame'],
    rows: listed.map((anomaly) => [
      format(anomaly.start),
      format(anomaly.end),
      anomaly.peak,
      anomaly.severity === Number.MAX_VALUE ? null : anomaly.severity,
      ...(known ? [known.some((each) => meets(each, anomaly)) ? 'yes' : 'no'] : []),
      blameText(anomaly),
    ]),
    ...(anomalies.length > longest ? { note: `The ${longest} highest of ${anomalies.length}.` } : {}),
  };
}
