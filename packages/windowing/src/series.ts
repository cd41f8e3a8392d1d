/**
 * The rows of one entity (a machine, a sensor, a patient) in ascending time.
 *
 * A missing cell is `NaN` in `values` and 0 in `observed`; a series without `observed` has no missing cell.
 */
export interface Series {
  /** The entity. */
  readonly id: string;
  /** The names of the columns of `values`, in order. */
  readonly features: readonly string[];
  /** `[rows]`, milliseconds since the epoch or a row counter, ascending. */
  readonly time: Float64Array;
  /** `[rows, features]`, row-major, in the units of the source. */
  readonly values: Float32Array | Float64Array;
  /** `[rows, features]`, 0 where the cell is missing, 1 elsewhere. */
  readonly observed?: Uint8Array;
  /** `[rows]`, 1 where the row is known to be anomalous. */
  readonly labels?: Uint8Array;
}
