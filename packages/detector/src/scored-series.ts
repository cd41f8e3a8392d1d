/** A series with a score for each row. Rows that no window covers have a coverage of 0 and are NaN elsewhere. */
export interface ScoredSeries {
  readonly id: string;
  readonly features: readonly string[];
  /** `[rows]`, as in the series. */
  readonly time: Float64Array;
  /** `[rows]`, higher is stranger. */
  readonly scores: Float64Array;
  /** `[rows, features]`, at least 0; a row's add up to its score. */
  readonly contributions: Float64Array;
  /** `[rows, features]`, in the units of the series. */
  readonly reconstruction: Float64Array;
  /** `[rows]`, how many windows cover each row. */
  readonly coverage: Uint32Array;
  /** The score from which a row is anomalous. */
  readonly threshold: number;
}
