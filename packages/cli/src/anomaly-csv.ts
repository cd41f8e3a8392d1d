import { anomalyColumns } from '@retrace/scoring';
import { toCsv } from '@retrace/tables';
import type { JudgedSeries } from './method-figures.ts';
import { timeText } from './time-text.ts';

/** Writes the anomalies found as one CSV table, piece by piece, series by series, in order of time. */
export function anomalyCsv(judged: readonly JudgedSeries[]): Iterable<string> {
  const anomalies = judged.flatMap((each) => each.anomalies);
  const writeTime = timeText(judged.map(({ series }) => series));
  // What is scored by its latent vector has other features than its tables.
  return toCsv(anomalyColumns(anomalies, { features: judged[0]?.scores.features ?? [], writeTime }));
}
