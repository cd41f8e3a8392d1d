import { argumentError } from '@retrace/errors';
import { checkFeatures, checkSeries, type Series, type StreamRow, sliceSeries } from '@retrace/windowing';

/**
 * Cuts rows, or those of a series, into pieces of at most `size`.
 *
 * @throws At once, `RETRACE_INVALID_ARGUMENT` for what is no list of rows, and no series of these features
 * (`RETRACE_FEATURES`) in order of time (`RETRACE_UNSORTED`).
 */
export function rowsInPieces(
  rows: readonly StreamRow[] | Series,
  features: readonly string[],
  size: number,
): Iterable<readonly StreamRow[] | Series> {
  if (isList(rows)) return pieces(rows.length, size, (from, to) => rows.slice(from, to));
  if (!(Object(rows).time instanceof Float64Array))
    throw argumentError('rows', 'an array of rows, or a series', rows);
  checkSeries([rows]);
  checkFeatures(rows, features);
  return pieces(rows.time.length, size, (from, to) => sliceSeries(rows, from, to));
}

function isList(rows: readonly StreamRow[] | Series): rows is readonly StreamRow[] {
  return Array.isArray(rows);
}

function* pieces<T>(length: number, size: number, piece: (from: number, to: number) => T): Generator<T> {
  for (let from = 0; from < length; from += size) yield piece(from, Math.min(length, from + size));
}
