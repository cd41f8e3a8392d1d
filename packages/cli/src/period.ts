/** A correlation with itself below this is no period, nor is one that rises by less above the dip before it: a trend's. */
const LEAST_CORRELATION = 0.3;
const LEAST_RISE = 0.2;

/** A rhythm of a column. */
export interface Period {
  readonly rows: number;
  /** Of the column with itself, so many rows later. */
  readonly correlation: number;
}

/**
 * Finds the period of a column of values: the lag of the highest peak of its autocorrelation (the mean taken out, missing
 * cells left out), the shortest of those nearly as high. Undefined where none of `shortest` to `longest` rows, and at most
 * a quarter of the column, reaches 0.3 and rises by 0.2.
 */
export function periodOf(
  values: Float64Array,
  { shortest, longest }: { readonly shortest: number; readonly longest: number },
): Period | undefined {
  const most = Math.min(longest, Math.floor(values.length / 4));
  const correlation = autocorrelation(values, most + 1);
  const peaks: Period[] = [];
  let dip = 1;
  for (let lag = 1; lag <= most; lag++) {
    const each = correlation[lag]!;
    dip = Math.min(dip, each);
    const isPeak = each >= correlation[lag - 1]! && each > correlation[lag + 1]!;
    const isClear = each >= LEAST_CORRELATION && each >= dip + LEAST_RISE;
    if (isPeak && isClear && lag >= shortest) peaks.push({ rows: lag, correlation: each });
  }
  const highest = Math.max(...peaks.map((peak) => peak.correlation));
  return peaks.find((peak) => peak.correlation >= 0.9 * highest);
}

/** `[most + 1]`, the correlation of a column with itself, a lag of rows later; 0 where it does not vary. */
function autocorrelation(values: Float64Array, most: number): Float64Array {
  const seen = values.filter((value) => !Number.isNaN(value));
  const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
  const variance = seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / seen.length;
  return Float64Array.from({ length: most + 1 }, (_, lag) => {
    let [sum, pairs] = [0, 0];
    for (let row = lag; row < values.length; row++) {
      const product = (values[row]! - mean) * (values[row - lag]! - mean);
      if (Number.isNaN(product)) continue;
      sum += product;
      pairs++;
    }
    return variance > 0 && pairs > 0 ? sum / pairs / variance : 0;
  });
}
