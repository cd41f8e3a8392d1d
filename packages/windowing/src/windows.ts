import type { Series } from './series.ts';

/** How windows are cut from series. In darts: `input_chunk_length`, `output_chunk_length`, `output_chunk_shift`, `stride`. */
export interface WindowSpec {
  /** Rows in, at least 1. */
  readonly lookback: number;
  /** Rows out. Default 0: the window is its own target. */
  readonly horizon?: number;
  /** Rows between the last row in and the first row out; negative values make them overlap. Default 0. */
  readonly shift?: number;
  /** Rows between the starts of consecutive windows. Default 1. */
  readonly stride?: number;
  /** The longest step of time, in the unit of `Series.time`, that a window may span. Default Infinity. */
  readonly maxGap?: number;
  /** The fewest rows of a run from which a window is cut; a shorter window is padded on the left and masked. Default `lookback`. */
  readonly minRows?: number;
}

/** Some windows, gathered into dense arrays. Absent arrays mean: no target, every step real, every cell observed. */
export interface WindowBatch {
  readonly size: number;
  /** `[size, lookback, features]`; 0 where padded or not observed. */
  readonly input: Float32Array;
  /** `[size, horizon, features]`; 0 where not observed. */
  readonly target?: Float32Array;
  /** `[size, lookback]`, 0 where a step is padding. */
  readonly mask?: Uint8Array;
  /** `[size, horizon]`, 0 where a step is padding. */
  readonly targetMask?: Uint8Array;
  /** `[size, lookback, features]`, 0 where a cell is missing or padding. */
  readonly observed?: Uint8Array;
  /** `[size, horizon, features]`, 0 where a cell of the target is missing. */
  readonly targetObserved?: Uint8Array;
  /** `[size]`, the weight of each window in the loss. */
  readonly weight?: Float32Array;
  /** `[size]`, 1 where any row of the window is labelled anomalous. */
  readonly label?: Float32Array;
  /** `[size]`, the position of each window's series in the array the windows were cut from. */
  readonly entity?: Uint32Array;
}

/** A sequence of windows over one or many series. Nothing is copied until `batch` is called. */
export interface Windows {
  readonly length: number;
  readonly features: readonly string[];
  readonly spec: Required<WindowSpec>;
  /** The series the windows were cut from; empty for windows that arrived as arrays. */
  readonly series: readonly Series[];
  /** Gathers the windows at `indices`, in that order, into new arrays or into those of `into`, a batch of the same size. */
  batch(indices: ArrayLike<number>, into?: WindowBatch): WindowBatch;
  /** Where window `index` begins: its series, and the row of its first step (negative where left-padded). */
  origin(index: number): { readonly series: Series; readonly row: number };
}
