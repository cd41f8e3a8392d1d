/** What a whole number of a timestamp counts. */
export type TimestampUnit = 'days' | 's' | 'ms' | 'us' | 'ns';

/** Whole units in a millisecond, or milliseconds in a unit. */
const PER_MILLISECOND = { us: 1e3, ns: 1e6 } as const;
const MILLISECONDS = { days: 86_400_000, s: 1e3, ms: 1 } as const;

/** Turns timestamps into milliseconds since the epoch, finer ones as fractions, null into NaN. */
export function epochMilliseconds(
  values: ArrayLike<number | bigint | null | undefined>,
  unit: TimestampUnit,
): Float64Array {
  const times = new Float64Array(values.length);
  if (values instanceof BigInt64Array) {
    // Their halves, for arithmetic on bigints takes ten times as long.
    const halves = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
    for (let i = 0; i < times.length; i++) times[i] = scale(halves[2 * i + 1]!, halves[2 * i]! >>> 0, unit);
    return times;
  }
  for (let i = 0; i < times.length; i++) {
    const value = values[i];
    if (typeof value === 'bigint') times[i] = scale(Number(value >> 32n), Number(value & 0xffffffffn), unit);
    else if (typeof value === 'number') times[i] = scale(Math.floor(value / 2 ** 32), value >>> 0, unit);
    else times[i] = Number.NaN;
  }
  return times;
}

/** Of high * 2^32 + low. */
function scale(high: number, low: number, unit: TimestampUnit): number {
  const value = high * 2 ** 32 + low;
  if (unit === 'us') return value / PER_MILLISECOND.us;
  if (unit !== 'ns') return value * MILLISECONDS[unit];
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value / PER_MILLISECOND.ns;
  // The sum was rounded already; 2^32 = 4294 * 1e6 + 967,296 takes it apart into what is exact.
  return high * 4294 + (high * 967_296 + low) / PER_MILLISECOND.ns;
}
