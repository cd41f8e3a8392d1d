/** How the values of overlapping windows become one: `'last'` takes that of the window that begins last. */
export type OverlapReduce = 'mean' | 'median' | 'min' | 'max' | 'last';

export const overlapReduces: readonly OverlapReduce[] = ['mean', 'median', 'min', 'max', 'last'];

/** Some steps of one window, laid on rows. */
interface LaidSteps {
  /** The row of the first step, counted over all series. */
  readonly row: number;
  readonly steps: number;
  /** Where the first step's values are among `values`. */
  readonly at: number;
  readonly values: Float32Array | Float64Array;
}

/** Reduces the values of overlapping windows, `channels` per row. */
export interface OverlapReducer {
  add(laid: LaidSteps): void;
  /** Returns `[rows, channels]`; what stands in rows that nothing was laid on has no meaning. */
  finish(coverage: Uint32Array): Float64Array;
}
