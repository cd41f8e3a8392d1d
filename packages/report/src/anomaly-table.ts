import type { Anomaly } from '@retrace/scoring';
import { blameText } from './blame-text.ts';
import type { ReportTable } from './report-table.ts';
import type { SharedAxis } from './shared-axis.ts';

const longest = 50;

/** Lists the anomalies of one series in the order of time; of more than fifty, the highest. */
export function anomalyTable(
  id: string,
  anomalies: readonly Anomaly[],
  format: SharedAxis['format'],
): ReportTable {
  const listed = anomalies
    .toSorted((a, b) => b.peak - a.peak)
    .slice(0, longest)
    .sort((a, b) => a.start - b.start);
  return {
    title: `Anomalies found in ${id}`,
    columns: ['from', 'to', 'peak score', '× threshold', 'blame'],
    rows: listed.map((anomaly) => [
      format(anomaly.start),
      format(anomaly.end),
      anomaly.peak,
      anomaly.severity === Number.MAX_VALUE ? null : anomaly.severity,
      blameText(anomaly),
    ]),
    ...(anomalies.length > longest ? { note: `The ${longest} highest of ${anomalies.length}.` } : {}),
  };
}
