/** Rows of a table as numbers, in the order of the file. */
export interface RowChunk {
  /** `[rows]`, milliseconds since the epoch, or a counter: of the rows of each entity where no column has times. */
  readonly time: Float64Array;
  /** `[rows]`, the position of each row's entity among `ids`. */
  readonly entity: Uint32Array;
  /** The entities of this chunk and of those before it; one, named for the file, without a column of entities. */
  readonly ids: readonly string[];
  readonly features: readonly string[];
  /** `[rows, features]`, NaN where missing. */
  readonly values: Float64Array;
  /** `[rows]`. */
  readonly labels?: Uint8Array;
  /** `[rows]`, of a table in long form: the position of each event's parameter among `parameters`. */
  readonly parameter?: Uint32Array;
  /** The parameters of this chunk and of those before it. */
  readonly parameters?: readonly string[];
}

/** Rows of a table in long form: events, of which `values` holds one each. */
export type EventChunk = RowChunk & Required<Pick<RowChunk, 'parameter' | 'parameters'>>;
