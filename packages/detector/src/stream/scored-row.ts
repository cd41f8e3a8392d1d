/** A row of a stream whose score is final: what `score` has of it in a batch. */
export interface ScoredRow {
  /** The entity. */
  readonly id: string;
  /** The number of the row, counted over the rows taken of its entity since it was last forgotten: with the id, its key. */
  readonly row: number;
  readonly time: number;
  /** At least 0; `NaN` where no window covers the row. */
  readonly score: number;
  /** `[features]`, at least 0, summing to the score; `NaN` where that is. */
  readonly contributions: Float64Array;
  /** `[features]`, in the units of the rows: as the first of the scored outputs draws it; `NaN` where none does. */
  readonly reconstruction: Float64Array;
  /** How many windows the score is made of; with several outputs, of the one that has most. */
  readonly coverage: number;
  /** The threshold that applied to the row. */
  readonly threshold: number;
  /** Whether the row is under alarm: above its threshold, and not pruned where the kind of threshold prunes. */
  readonly above: boolean;
}
