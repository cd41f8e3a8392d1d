/** A row that a stream has taken, in order. */
export interface TakenRow {
  /** The entity. */
  readonly id: string;
  /** The number of the row, counted over the rows taken of its entity. */
  readonly row: number;
  /** Whether it is the first of a run. */
  readonly startsRun: boolean;
  readonly time: number;
  /** `[features]`, scaled, in float64 as `scale` does, 0 where missing; good until the call returns. */
  readonly values: Float64Array;
  /** `[features]`, 0 where missing; good until the call returns. Absent: none is. */
  readonly observed: Uint8Array | undefined;
}
