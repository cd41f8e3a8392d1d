import type { DecodedArray } from 'hyparquet';
import { epochMilliseconds, type TimestampUnit } from './epoch-milliseconds.ts';

/**
 * Turns the numbers of a column as they are stored into float64, if that holds them all exactly; other values stay as
 * they are.
 *
 * @param unit What they count, if they are moments: these become milliseconds since the epoch.
 */
export function storedNumbers(values: DecodedArray, unit: TimestampUnit | undefined): DecodedArray {
  if (unit !== undefined) return epochMilliseconds(values, unit);
  if (values instanceof Float32Array || values instanceof Int32Array) return Float64Array.from(values);
  if (values instanceof Uint32Array) return Float64Array.from(values);
  if (!(values instanceof BigInt64Array)) return values;
  const numbers = epochMilliseconds(values, 'ms');
  return numbers.every((value) => Math.abs(value) <= Number.MAX_SAFE_INTEGER) ? numbers : values;
}
