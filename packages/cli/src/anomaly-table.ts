import type { ReportTable } from '@retrace/report';
import { blameText } from './blame-text.ts';
import type { JudgedSeries } from './method-figures.ts';
import { timeText } from './time-text.ts';

/** Sets the anomalies found one below the other, series by series, in order of time. */
export function anomalyTable(judged: readonly JudgedSeries[]): Pick<ReportTable, 'columns' | 'rows'> {
  const write = timeText(judged.map(({ series }) => series));
  return {
    columns: ['series', 'start', 'end', 'rows', 'peak', 'severity', 'blame'],
    rows: judged.flatMap(({ anomalies }) =>
      anomalies.map((anomaly) => [
        anomaly.id,
        write(anomaly.start),
        write(anomaly.end),
        anomaly.lastRow - anomaly.firstRow + 1,
        anomaly.peak,
        anomaly.severity,
        blameText(anomaly),
      ]),
    ),
  };
}
