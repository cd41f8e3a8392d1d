import type { Series } from './series.ts';

/** How windows are cut from series. In darts: `input_chunk_length`, `output_chunk_length`, `output_chunk_shift`, `stride`. */
export interface WindowSpec {
  /** Rows in, at least 1. */
  readonly lookback: number;
  /** Rows out. Default 0: the window is its own target. */
  readonly horizon?: number;
  /** Rows between the last row in and the first row out; negative values, down to `-lookback`, make them overlap. Default 0. */
  readonly shift?: number;
  /** Rows between the starts of consecutive windows. Default 1. */
  readonly stride?: number;
  /** The longest step of time, in the unit of `Series.time`, that a window may span. Default Infinity. */
  readonly maxGap?: number;
  /**
   * The fewest rows in that a window may have: a run of rows too short for a whole window, but not for this many rows
   * in and all rows out, gives one window that is padded on the left and masked. Default `lookback`.
   */
  readonly minRows?: number;
  /**
   * Where windows are anchored in a run of rows: at its `'start'`, or at `'both'` ends, which adds a last window flush
   * with the end where the stride leaves rows uncovered. Default `'start'`.
   */
  readonly anchor?: 'start' | 'both';
}

/** Some windows, gathered into dense arrays. Absent arrays mean: no target, every step real, every cell observed. */
export interface WindowBatch {
  readonly size: number;
  /** `[size, lookback, features]`; 0 where padded or not observed. */
  readonly input: Float32Array;
  /** `[size, horizon, features]`; 0 where padded or not observed. */
  readonly target?: Float32Array;
  /** `[size, lookback]`, 0 where a step is padding. */
  readonly mask?: Uint8Array;
  /** `[size, horizon]`, 0 where a step is padding. */
  readonly targetMask?: Uint8Array;
  /** `[size, lookback, features]`, 0 where a cell is missing or padding. */
  readonly observed?: Uint8Array;
  /** `[size, horizon, features]`, 0 where a cell of the target is missing or padding. */
  readonly targetObserved?: Uint8Array;
  /** `[size]`, the weight of each window in the loss. */
  readonly weight?: Float32Array;
  /** `[size]`, 1 where any row of the window, in or out, is labelled anomalous. */
  readonly label?: Float32Array;
  /** `[size]`, the position of each window's series in the array the windows were cut from. */
  readonly entity?: Uint32Array;
}

/** Where a window begins. Its step `t` is row `row + t - padding` of `series`, for every `t` from `padding` on. */
export interface WindowOrigin {
  readonly series: Series;
  /** The position of `series` in `Windows.series`; the index of the window where windows arrived as arrays. */
  readonly entity: number;
  /** The row of the first step that is not padding. */
  readonly row: number;
  /** The number of steps of padding before that row. */
  readonly padding: number;
}

/** A sequence of windows over one or many series. Nothing is copied until `batch` is called. */
export interface Windows {
  readonly length: number;
  readonly features: readonly string[];
  readonly spec: Required<WindowSpec>;
  /** The series the windows were cut from; empty for windows that arrived as arrays. */
  readonly series: readonly Series[];
  /**
   * Gathers the windows at `indices`, in that order, into new arrays or into those of `into`, a batch of the same size
   * that the same windows gave before.
   */
  batch(indices: ArrayLike<number>, into?: WindowBatch): WindowBatch;
  /** Tells where window `index` begins. A window that arrived as an array is a series of its own. */
  origin(index: number): WindowOrigin;
}
