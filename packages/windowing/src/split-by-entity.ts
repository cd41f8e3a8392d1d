import { checkInteger, checkKeys } from '@retrace/errors';
import { checkSeries } from './check-series.ts';
import type { Series } from './series.ts';
import { checkShares, cutsOf, type SeriesSplit, type SplitShares } from './split.ts';

export interface SplitByEntityOptions extends SplitShares {
  /** Another seed gives another split. Default 0. */
  readonly seed?: number;
}

/**
 * Splits series by entity: all series of one id are in the same part.
 *
 * Ids are ranked by a hash of the id and the seed, and the shares are taken from that ranking: the split is as good as
 * random, depends neither on the order of the series nor on their rows, and moves few ids when some are added. Within
 * a part the series keep their order.
 *
 * @throws `RETRACE_FEATURES` if the series differ in features; `RETRACE_UNSORTED` if rows are not in ascending time;
 * `RETRACE_INVALID_ARGUMENT`, also for shares above 1.
 */
export function splitByEntity(series: readonly Series[], options: SplitByEntityOptions): SeriesSplit {
  checkSeries(series);
  checkKeys('options', options, ['train', 'calibration', 'seed']);
  checkShares(options);
  const { seed = 0 } = options;
  checkInteger('seed', seed, { min: 0, max: 0xffffffff });
  const ranked = [...new Set(series.map(({ id }) => id))]
    .map((id) => ({ id, rank: hashOf(id, seed) }))
    .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
  const [first, second] = cutsOf(options, ranked.length);
  const place = new Map(ranked.map(({ id }, index) => [id, index]));
  const between = (from: number, to: number) =>
    series.filter(({ id }) => place.get(id)! >= from && place.get(id)! < to);
  return {
    train: between(0, first),
    calibration: between(first, second),
    test: between(second, ranked.length),
  };
}

/** FNV-1a over UTF-16 code units, finished with the mixer of MurmurHash3 so that similar ids lie far apart. */
function hashOf(id: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
