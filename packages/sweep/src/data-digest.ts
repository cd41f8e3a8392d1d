import type { Series } from '@retrace/windowing';
import type { TrialData } from './trial-data.ts';

/**
 * Digests all rows of all parts into a short text (FNV-1a of 32 bits): it tells data apart, and guards against nothing.
 */
export function dataDigest({ train, calibration, validation, test }: TrialData): string {
  let hash = 0x811c9dc5;
  const add = (bytes: Uint8Array): void => {
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  };
  const addText = (value: unknown): void => add(new TextEncoder().encode(JSON.stringify(value)));
  const addSeries = ({ id, features, time, values, observed, labels }: Series): void => {
    // The lengths keep rows from moving from one array to the next unnoticed.
    addText([id, features, time.length, values.constructor.name, Boolean(observed), Boolean(labels)]);
    for (const array of [time, values, observed, labels])
      if (array) add(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  };
  for (const part of [train, calibration, validation, test]) {
    addText(part?.length ?? null);
    for (const series of part ?? []) addSeries(series);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
