import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { argumentError } from '@retrace/errors';
import type { Series } from '@retrace/windowing';

/** Which rows something was fitted on, without the rows: plain JSON. */
export interface SeriesDigest {
  /** In hexadecimal digits; the same for the same rows alone. */
  readonly sha256: string;
  readonly series: number;
  readonly rows: number;
  /** The first and the last time, in the unit of `Series.time`; null without rows. */
  readonly from: number | null;
  readonly to: number | null;
}

/** Numbers that are hashed at once. */
const CHUNK = 8192;

/**
 * Computes the SHA-256 of series: the id, features, times, values and labels of each, in the order given.
 *
 * Values count as float64, a cell that is not observed as `NaN` whatever stands there, so that rows of one meaning have
 * one digest. Of each series these bytes are hashed: a line of JSON, `{"id", "features", "rows", "labelled"}`, then the
 * times and values as little-endian float64, then a byte a label.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for what is no array of series.
 */
export function seriesDigest(series: readonly Series[]): SeriesDigest {
  if (!Array.isArray(series)) throw argumentError('series', 'an array of series', series);
  const hash = sha256.create();
  let rows = 0;
  let from: number | null = null;
  let to: number | null = null;
  for (const [index, each] of series.entries()) {
    checkColumns(each, `series[${index}]`);
    const { id, features, time, values, observed, labels } = each;
    const head = JSON.stringify({ id, features, rows: time.length, labelled: labels !== undefined });
    hash.update(utf8ToBytes(`${head}\n`));
    hashNumbers(time.length, (at) => time[at]!);
    hashNumbers(values.length, (at) => (observed?.[at] === 0 ? Number.NaN : values[at]!));
    if (labels) hash.update(labels);
    if (time.length === 0) continue;
    rows += time.length;
    from = Math.min(from ?? Infinity, time[0]!);
    to = Math.max(to ?? -Infinity, time.at(-1)!);
  }
  return { sha256: bytesToHex(hash.digest()), series: series.length, rows, from, to };

  function hashNumbers(length: number, numberAt: (index: number) => number): void {
    const numbers = new Float64Array(Math.min(CHUNK, length));
    for (let first = 0; first < length; first += CHUNK) {
      const count = Math.min(CHUNK, length - first);
      for (let k = 0; k < count; k++) numbers[k] = numberAt(first + k);
      hash.update(new Uint8Array(numbers.buffer, 0, 8 * count));
    }
  }
}

function checkColumns(series: Series, argument: string): void {
  const { time, values } = (series ?? {}) as Partial<Series>;
  if (ArrayBuffer.isView(time) && ArrayBuffer.isView(values)) return;
  throw argumentError(argument, 'a series, with `time` and `values`', series);
}
