import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The sensors in the tables of the Skoltech Anomaly Benchmark; the columns beside them are time and labels. */
export const skabFeatures: readonly string[] = [
  'Accelerometer1RMS',
  'Accelerometer2RMS',
  'Current',
  'Pressure',
  'Temperature',
  'Thermocouple',
  'Voltage',
  'Volume Flow RateRMS',
];

/** From the first to the last moment that is labelled, in milliseconds since the epoch, both included. */
export type LabelledSpan = readonly [from: number, to: number];

/** Reads the labelled spans of the Numenta Anomaly Benchmark, by files such as `realTraffic/speed_t4013.csv`. */
export function nabSpans(folder: string): Readonly<Record<string, readonly LabelledSpan[]>> {
  const text = readFileSync(join(folder, 'nab/labels/combined_windows.json'), 'utf8');
  const windows: Record<string, [string, string][]> = JSON.parse(text);
  return Object.fromEntries(
    Object.entries(windows).map(([file, spans]) => [file, spans.map(([from, to]) => [utc(from), utc(to)])]),
  );
}

/** The times are UTC without saying so. */
function utc(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}
