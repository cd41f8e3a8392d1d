import { argumentError, checkKeys, checkNumber, checkOneOf } from '@retrace/errors';

/**
 * How the values of overlapping windows become one: `'last'` takes that of the window that begins last, `quantiles` gives
 * a band of them instead of one.
 */
export type OverlapReduce =
  | 'mean'
  | 'median'
  | 'min'
  | 'max'
  | 'last'
  | { readonly quantiles: readonly number[] };

/** Refuses what is no way to reduce, and quantiles outside [0, 1]. */
export function checkReduce(reduce: OverlapReduce): void {
  if (typeof reduce !== 'object' || reduce === null) {
    checkOneOf('reduce', reduce, ['mean', 'median', 'min', 'max', 'last']);
    return;
  }
  checkKeys('reduce', reduce, ['quantiles']);
  const { quantiles } = reduce;
  if (!Array.isArray(quantiles) || quantiles.length === 0) {
    throw argumentError('reduce.quantiles', 'an array of at least one number', quantiles);
  }
  for (const [j, q] of quantiles.entries()) checkNumber(`reduce.quantiles[${j}]`, q, { min: 0, max: 1 });
}

/** Some steps of one window, laid on rows. */
export interface LaidSteps {
  /** The row of the first step, counted over all series. */
  readonly row: number;
  readonly steps: number;
  /** Where the first step's values are among `values`. */
  readonly at: number;
}

/** Reduces the values of overlapping windows, `channels` per row. */
export interface OverlapReducer {
  /** Lays windows on their rows, in the order of `laid`. */
  add(values: Float32Array | Float64Array, laid: readonly LaidSteps[]): void;
  /** Returns `[rows, channels]`, or a band; what stands in rows that nothing was laid on has no meaning. */
  finish(coverage: Uint32Array): Float64Array;
}
