import type { Anomaly } from './anomaly.ts';
import { formatNumber } from './format-number.ts';
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
    rows: listed.map(({ start, end, peak, severity, blame }) => [
      format(start),
      format(end),
      peak,
      severity,
      blame
        .slice(0, 3)
        .map(({ feature, share }) => `${feature} ${formatNumber(Math.round(share * 100))} %`)
        .join(', '),
    ]),
    ...(anomalies.length > longest ? { note: `The ${longest} highest of ${anomalies.length}.` } : {}),
  };
}
