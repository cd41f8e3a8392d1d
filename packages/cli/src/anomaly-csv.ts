import { anomalyColumns } from '@retrace/scoring';
import { toCsv } from '@retrace/tables';
import type { JudgedSeries } from './method-figures.ts';
import { timeText } from './time-text.ts';

/** Writes the anomalies found as one CSV table, piece by piece, series by series, in order of time. */
export function anomalyCsv(judged: readonly JudgedSeries[], features: readonly string[]): Iterable<string> {
  const anomalies = judged.flatMap((each) => each.anomalies);
  return toCsv(
    anomalyColumns(anomalies, { features, writeTime: timeText(judged.map(({ series }) => series)) }),
  );
}
