import type { Fleet } from './simulate-fleet.ts';

const HEADER = 'sensor_id,timestamp,flow,motor_current,vibration,bearing_temperature,label';

/** Writes a fleet's rows as CSV text with a header, one line a report, each ended by a line feed. */
export function toFleetCsv({ rows }: Pick<Fleet, 'rows'>): string {
  const lines = rows.map((row) =>
    [
      row.sensorId,
      row.timestamp,
      row.flow,
      row.motorCurrent,
      row.vibration,
      row.bearingTemperature,
      row.label,
    ].join(','),
  );
  return `${[HEADER, ...lines].join('\n')}\n`;
}
