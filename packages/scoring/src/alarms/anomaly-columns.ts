import type { Anomaly } from './anomaly.ts';

/** A column of a table: as `toCsv` of `@retrace/tables` takes it. */
export interface AnomalyColumn {
  readonly name: string;
  readonly values: readonly number[] | readonly string[];
}

export interface AnomalyColumnsOptions {
  /** The features of the detector, which have a `blame_…` column each, in this order. */
  readonly features: readonly string[];
  /** Writes `start` and `end`. Default: the numbers they are. */
  readonly writeTime?: (time: number) => string;
}

/**
 * Lays anomalies out as a table, one a row: id, start, end, first_row, last_row, peak, severity, and the share of the
 * blame that is each feature's, `blame_…`.
 */
export function anomalyColumns(
  anomalies: readonly Anomaly[],
  { features, writeTime }: AnomalyColumnsOptions,
): AnomalyColumn[] {
  const column = <T extends number | string>(name: string, of: (anomaly: Anomaly) => T) => ({
    name,
    values: anomalies.map(of),
  });
  const timeColumn = (name: 'start' | 'end'): AnomalyColumn =>
    writeTime
      ? column(name, (anomaly) => writeTime(anomaly[name]))
      : column(name, (anomaly) => anomaly[name]);
  return [
    column('id', ({ id }) => id),
    timeColumn('start'),
    timeColumn('end'),
    column('first_row', ({ firstRow }) => firstRow),
    column('last_row', ({ lastRow }) => lastRow),
    column('peak', ({ peak }) => peak),
    column('severity', ({ severity }) => severity),
    ...features.map((feature) =>
      column(`blame_${feature}`, ({ blame }) => blame.find((part) => part.feature === feature)?.share ?? 0),
    ),
  ];
}
